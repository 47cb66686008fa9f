/**
 * The product cannot start. The message is for the operator, in Chinese: what happened and what to do. Whoever starts the
 * product prints it without a stack and ends with exit code 1.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}

/** The code of an error of the operating system, such as `EACCES`; an empty string for any other error. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

const advices: Record<string, string> = {
  EACCES: '当前用户没有写入权限，请改用有权限的文件夹（BIAOSHUAI_DATA）或修改权限',
  EPERM: '当前用户没有写入权限，请改用有权限的文件夹（BIAOSHUAI_DATA）或修改权限',
  EROFS: '所在磁盘是只读的，请用 BIAOSHUAI_DATA 指定可以写入的文件夹',
  ENOSPC: '磁盘已满，请清出空间',
  EDQUOT: '磁盘配额已用完，请清出空间或提高配额',
  ENOTDIR: '路径中有一段不是文件夹，请检查 BIAOSHUAI_DATA',
  EEXIST: '同名的文件占用了这个位置，请检查 BIAOSHUAI_DATA',
}

/** Turns an error of the file system at `place` into a problem that says what to do. */
export function fileProblem(place: string, error: unknown): StartProblem {
  const advice = advices[systemCode(error)] ?? '请检查磁盘和权限'
  return new StartProblem(`无法使用 ${place}：${advice}，然后重新启动。`, { cause: error })
}
