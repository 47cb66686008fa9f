import { oldMeetingsSheet } from '../imports/old-meetings.contract.ts'
import { ImportSheet } from './import-sheet.tsx'

/** 补录旧会议. */
export function ImportMeetingsPage() {
  return (
    <ImportSheet
      sheet={oldMeetingsSheet}
      crumbs={[{ label: '会议', to: '/meetings' }]}
      hint="一行一次会议；没有写进“缺席”的，都算到会。"
    />
  )
}
