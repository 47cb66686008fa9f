import { problems } from '../errors/problem.ts'

/** Refusals of an uploaded file. */
problems({
  'files.kind_refused': {
    status: 415,
    title:
      '不接收这种文件。请改为 PDF、OFD、Word（docx）、Excel（xlsx）、PowerPoint（pptx）、PNG、JPG 或纯文本（txt、csv），再上传。',
  },
  'files.active_content': {
    status: 415,
    title: '文件带有宏、控件或嵌入对象，已拒绝。请另存为不带宏的 docx、xlsx、pptx 或 PDF，再上传。',
  },
  'files.name_does_not_fit': { status: 415, title: '文件名的后缀与内容不符。请用原来的程序重新保存，不要直接改后缀，再上传。' },
  'files.too_large': { status: 413, title: '文件太大。请压缩图片或拆分后再上传。' },
  'files.empty': { status: 400, title: '文件是空的。请检查后重新选择。' },
  'files.damaged': { status: 400, title: '文件损坏，打不开。请用原来的程序打开检查，重新保存后再上传。' },
  'files.content_missing': { status: 404, title: '文件的内容不在存放处。请联系系统管理员从备份中恢复。' },
})
