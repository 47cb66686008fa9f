import { describe, expect, it } from 'vitest'
import { replayOrderOf } from './snapshot.ts'

describe('the words after “snapshot replay”', () => {
  it('name the file and, where it is elsewhere, the key', () => {
    expect(replayOrderOf(['a.ndjson'])).toEqual({ file: 'a.ndjson', key: null })
    expect(replayOrderOf(['a.ndjson', '--key', 'public.pem'])).toEqual({ file: 'a.ndjson', key: 'public.pem' })
    expect(replayOrderOf(['a.ndjson', '--key=public.pem'])).toEqual({ file: 'a.ndjson', key: 'public.pem' })
  })

  it('are refused when they say something else', () => {
    for (const words of [[], ['--key', 'x'], ['a', '--key'], ['a', 'b'], ['a', '--key', 'x', 'y'], ['a', '--other', 'x']])
      expect(replayOrderOf(words)).toBeNull()
  })
})
