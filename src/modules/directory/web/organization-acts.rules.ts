import { inChinese } from '../../../kernel/time/civil-date.ts'
import { type OrganizationKind, type OrganizationPage, organizationKinds } from '../organizations/organizations.contract.ts'
import { isUnitsOwn, mayStandUnder } from '../organizations/placement.rules.ts'

/** What can be done with an organization, in the order of the buttons. */
export const organizationActs = {
  create: '设立下级组织',
  rename: '更名',
  move: '改隶',
  merge: '并入另一组织',
  split: '分设',
  dissolve: '撤销',
} as const
export type OrganizationActKey = keyof typeof organizationActs

export interface OfferedAct {
  readonly key: OrganizationActKey
  readonly label: string
}

/** The acts that the server's abilities allow and that make sense here: the top of the tree has nowhere to go. */
export function actsOffered({
  abilities,
  kind,
  parentId,
}: Pick<OrganizationPage, 'abilities' | 'kind' | 'parentId'>): OfferedAct[] {
  return (Object.keys(organizationActs) as OrganizationActKey[])
    .filter((key) => abilities.includes(`directory.organization.${key}`))
    .filter((key) => parentId !== null || key === 'create' || key === 'rename')
    .filter((key) => key !== 'create' || kindsToCreate(abilities, kind).length > 0)
    .map((key) => ({ key, label: organizationActs[key] }))
}

/** Kinds that may be set up below one of `kind`: a unit's own committee sets up branches and groups only. */
export function kindsToCreate(abilities: readonly string[], kind: OrganizationKind): OrganizationKind[] {
  const every = abilities.includes('directory.organization.arrange')
  return (Object.keys(organizationKinds) as OrganizationKind[]).filter(
    (child) => mayStandUnder(child, kind) && (every || isUnitsOwn(child)),
  )
}

/** What was chosen so far in a form; a name or a number left out is still open. */
export interface Planned {
  readonly on: string | undefined
  readonly name?: string | undefined
  readonly other?: string | null | undefined
  readonly persons?: number | undefined
  readonly children?: number | undefined
}

const quoted = (name: string | null | undefined, otherwise: string) => (name ? `“${name}”` : otherwise)

/** What stands below and who is in it, as one phrase; empty when there is nothing. */
function contentOf({ counts }: OrganizationPage): string {
  const people = counts.fullMembers + counts.probationaryMembers + counts.others
  const parts = [people > 0 && `${people} 人`, counts.below > 0 && `${counts.below} 个下级组织`].filter(Boolean)
  return parts.join('、')
}

type Sentence = (page: OrganizationPage, planned: Planned) => string

const day = (planned: Planned) => (planned.on ? `自${inChinese(planned.on)}起` : '自所填日期起')

const sentences: Readonly<Record<OrganizationActKey, Sentence>> = {
  create: (page, planned) =>
    `${day(planned)}，在“${page.name}”下设立${quoted(planned.name, '新组织')}。设立当期的事项不要求它办，从下一个完整的期间开始。`,
  rename: (page, planned) =>
    `${day(planned)}，“${page.name}”改称${quoted(planned.name, '新名称')}。此前的记录仍用原名，人员、职务和应办事项都不变。`,
  move: (page, planned) => {
    const below = page.counts.below > 0 ? `，连同 ${page.counts.below} 个下级组织` : ''
    return `${day(planned)}，“${page.name}”${below}改隶${quoted(planned.other, '新的上级')}。已有的记录不动；此前各期的数字按当时建制仍算在原上级，之后的算在新上级。`
  },
  merge: (page, planned) => {
    const content = contentOf(page)
    const into = quoted(planned.other, '所选组织')
    return `${day(planned)}，“${page.name}”撤销，并入${into}。${content ? `${content}、` : ''}未了事项转到${into}，职务同日终止；已有的记录留在“${page.name}”名下，仍可查看。`
  },
  split: (page, planned) =>
    `${day(planned)}，从“${page.name}”分出${quoted(planned.name, '新组织')}，划入 ${planned.persons ?? 0} 人${
      planned.children ? `和 ${planned.children} 个下级组织` : ''
    }。已有的记录留在“${page.name}”名下；新组织从下一个完整的期间开始办理各项要求。`,
  dissolve: (page, planned) => {
    const content = contentOf(page)
    if (planned.other) {
      return `${day(planned)}，“${page.name}”撤销，${content ? `${content}、` : ''}未了事项转到“${planned.other}”，职务同日终止；已有的记录留存可查。`
    }
    return content
      ? `“${page.name}”还有${content}，须先选承接组织。`
      : `${day(planned)}，“${page.name}”撤销，职务同日终止；已有的记录留存可查。`
  },
}

/** One sentence of what will happen to people, duties and facts. */
export function whatHappens(act: OrganizationActKey, page: OrganizationPage, planned: Planned): string {
  return sentences[act](page, planned)
}
