/** The search part of an address: filters and what stands open. */
type SearchValues = Readonly<Record<string, string>>

/** What is asked of a figure, as it stands in the address. */
export interface WhyAsked {
  readonly organization: string
  readonly period: string
  readonly tree?: string | undefined
  readonly dimension?: string | undefined
  readonly requirement?: string | undefined
}

const withSearch = (path: string, search: Readonly<Record<string, string | undefined>>): string => {
  const kept = Object.entries(search).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept).toString()}`
}

/** The figure's page of its own: to send on, to print, to open beside. */
export const whyAddress = (asked: WhyAsked): string => withSearch('/why', { ...asked })

export const obligationsAddress = (search: SearchValues): string => withSearch('/obligations', search)

export const cockpitAddress = (search: SearchValues): string => withSearch('/cockpit', search)

/** Records of a register stand on the page of the person, organization or rule that the id names. */
const registerPages: Readonly<Record<string, string>> = {
  post: 'persons',
  committee: 'organizations',
  requirement: 'rules',
  'training-class': 'training-classes',
  ceremony: 'ceremonies',
  'decision-matter': 'decisions',
}
/** Records that open in the list where they stand. */
const listPages: Readonly<Record<string, string>> = { 'ideology-keeper': 'ideology' }

/** A record's page. Every other kind of record that measures count has its page at `/<kind>s/<id>`. */
export const recordAddress = ({ kind, id }: { kind: string; id: string }): string => {
  const list = listPages[kind]
  return list ? withSearch(`/${list}`, { open: id }) : `/${registerPages[kind] ?? `${kind}s`}/${encodeURIComponent(id)}`
}

/** Where what was not recorded is recorded, also late. */
export const recordingAddress = (organization: string): string => withSearch('/meetings/new', { organization })

/** Where what is short is followed up: reminder, supervision. */
export const followUpAddress = (organization: string, words: string): string =>
  withSearch('/cases', { under: organization, text: words })
