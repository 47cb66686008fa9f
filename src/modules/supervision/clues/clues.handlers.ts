import { whenHappens } from '../../../kernel/actions/events.ts'
import { organizationEnded } from '../../directory/index.ts'
import { handOverClues } from './clues.store.ts'

whenHappens(organizationEnded, (work, { organizationNo }) => handOverClues(work, organizationNo))
