import { problems } from '../errors/problem.ts'

/** Refusals of an uploaded workbook. Each sentence says what to do in Excel or WPS to make the file acceptable. */
problems({
  'files.workbook_not_xlsx': {
    status: 415,
    title: '这不是 xlsx 工作簿。请在 Excel 或 WPS 中打开后“另存为”xlsx 格式，再上传。',
  },
  'files.workbook_old_or_locked': {
    status: 415,
    title: '这是旧版 xls 工作簿或加了打开密码的工作簿。请去掉密码，“另存为”xlsx 格式后再上传。',
  },
  'files.workbook_broken': {
    status: 400,
    title: '工作簿损坏或不完整，无法读取。请在 Excel 或 WPS 中打开检查，重新保存后再上传。',
  },
  'files.workbook_too_large': {
    status: 413,
    title: '工作簿太大。请删去空白行、图片和无关工作表，或分成几份后分别上传。',
  },
  'files.workbook_bomb': {
    status: 400,
    title: '工作簿解压后异常膨胀，已拒绝读取。请把数据复制到一份新建的工作簿中保存后再上传。',
  },
  'files.workbook_active_content': {
    status: 400,
    title: '工作簿带有宏、控件、嵌入对象或外部链接，已拒绝读取。请把数据以“粘贴为数值”复制到新建的工作簿，保存为 xlsx 后再上传。',
  },
  'files.workbook_doctype': {
    status: 400,
    title: '工作簿内含不允许的文档类型声明或编码，已拒绝读取。请把数据复制到一份新建的工作簿中保存后再上传。',
  },
  'files.workbook_formula': {
    status: 400,
    title: '工作簿中有公式单元格。请全选复制，以“选择性粘贴—数值”粘贴后再上传。',
  },
  'files.workbook_too_many_rows': {
    status: 413,
    title: '工作表的行数超出上限。请分成几份后分别上传。',
  },
  'files.workbook_too_many_columns': {
    status: 400,
    title: '工作表的列数超出上限。请删去多余的列后再上传。',
  },
  'files.workbook_cell_too_long': {
    status: 400,
    title: '有单元格的文字太长。请缩短后再上传。',
  },
  'files.workbook_empty': {
    status: 400,
    title: '第一张工作表没有内容。请把数据放在第一张可见的工作表中再上传。',
  },
  'files.workbook_timeout': {
    status: 408,
    title: '读取工作簿用时过长，已停止，没有保存任何内容。请分成几份后分别上传。',
  },
})
