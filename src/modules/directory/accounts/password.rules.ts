/** What a password must not be made of, besides the words below. */
export interface Owner {
  readonly username: string
  readonly name: string
}

/** Whole passwords that guessers try first; folded, so that capitals and look-alike digits make no other word. */
const commonest = new Set(
  `password passwort passw0rd password1 password12 password123 admin admin123 admin1234 administrator root toor test test123 guest
  welcome welcome1 letmein monkey dragon master sunshine princess football baseball superman batman trustno1 iloveyou whatever
  shadow michael jennifer jordan harley hunter ranger killer soccer starwars freedom computer internet secret login changeme default
  system manager server oracle mysql postgres cisco huawei xiaomi alibaba taobao weixin wechat tencent qq123456 woaini woaini123
  woaini520 woaini1314 5201314 520520 1314520 7758521 a123456 a12345678 a123456789 aa123456 aa123456789 abc123 abc12345 abcd1234
  abc123456 asd123 asd123456 zxc123 zxc123456 qwe123 qwe123456 qaz123 1qaz2wsx 1q2w3e4r 1q2w3e4r5t 123qwe 123abc 123456a 123456789a
  zhongguo china2020 woshishui nihao123 caonima wangyut2 zhangwei wang123 li123456 p0ssw0rd temp1234 summer2026 winter2026 beijing2008`.split(
    /\s+/,
  ),
)

/** Words of the place and the work that a guesser knows. */
const placeWords = [
  'yueyang',
  'gongwei',
  'biaoshuai',
  'jiguan',
  'dangjian',
  'dangyuan',
  'zhibu',
  '岳阳',
  '工委',
  '表率',
  '机关',
  '党建',
  '支部',
  '党员',
]
const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik', 'abcdefghijklmnopqrstuvwxyz']
const lookAlikes: Record<string, string> = { '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }

const unmask = (text: string, one: string) =>
  text.replace(/[013457@$!]/g, (letter) => (letter === '1' ? one : (lookAlikes[letter] ?? letter)))
const reversed = (text: string) => [...text].reverse().join('')

/** Longest run along the keyboard or the alphabet, or of one letter, in either direction. */
function longestWalk(password: string): number {
  let longest = 0
  for (const line of rows.flatMap((row) => [row, reversed(row)])) {
    for (let from = 0; from < password.length; from += 1) {
      let to = from + longest + 1
      while (to <= password.length && line.includes(password.slice(from, to))) {
        longest = to - from
        to += 1
      }
    }
  }
  const same = password.match(/(.)\1*/gu)?.map((run) => run.length) ?? []
  return Math.max(longest, ...same)
}

function classes(password: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length
}

const isLongEnough = (password: string) => password.length >= 12 || (password.length >= 8 && classes(password) >= 3)

function namesOwner(folded: string, owner: Owner): boolean {
  const words = [owner.username.toLowerCase(), owner.name.toLowerCase()].filter((word) => [...word].length >= 2)
  return words.some((word) => folded.includes(word) || folded.includes(reversed(word)))
}

/** Whether what is left beside the known words and walks is too little to be a secret of its own. */
function isMostly(folded: string, found: string): boolean {
  return folded.length - found.length < 8
}

/**
 * What is wrong with a new password, as sentences that say what to do; none when it will do. By GB/T 22239-2019 8.1.4.1 a: 12
 * characters, or 8 of three kinds; nothing a guesser tries first.
 */
export function passwordFaults(password: string, owner: Owner): string[] {
  const faults: string[] = []
  const folded = password.normalize('NFKC').toLowerCase()
  const spellings = [folded, unmask(folded, 'l'), unmask(folded, 'i')]
  if (!isLongEnough(password)) faults.push('至少 12 个字符；或至少 8 个字符，并含大写字母、小写字母、数字、符号中的三种。')
  if (new Set(folded).size < 5) faults.push('用的字符太少，请至少用 5 个不同的字符。')
  if (spellings.some((spelling) => isCommon(spelling))) faults.push('这是最常被猜到的密码，请另想一个。')
  if (namesOwner(folded, owner)) faults.push('不要含用户名或姓名，请另想一个。')
  if (placeWords.some((word) => spellings.some((spelling) => spelling.includes(word))))
    faults.push('不要含本地、本单位或本系统的名称，请另想一个。')
  const walk = longestWalk(folded)
  if (walk >= 6 || (walk >= 4 && folded.length - walk < 6))
    faults.push('不要用键盘上相邻的键或连续的字母、数字，请打乱或另想一个。')
  return faults
}

function isCommon(spelling: string): boolean {
  const bare = spelling.replace(/[^\p{L}\p{N}]+$/u, '')
  if (commonest.has(spelling) || commonest.has(bare)) return true
  return [...commonest].some((word) => word.length >= 6 && spelling.includes(word) && isMostly(spelling, word))
}
