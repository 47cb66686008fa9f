import { Problem } from '../errors/problem.ts'
import { downloadRoute, type Route, uploadRoute } from '../http/route.ts'
import { fileStore } from './file-store.ts'
import { fileById, plainName, uploadFileAction } from './files.actions.ts'
import { downloadFile, uploadFields, uploadFile } from './files.contract.ts'

/** Upload and download of attachments, for all modules. */
export const filesRoutes: Route[] = [
  uploadRoute(uploadFile, {
    permission: 'kernel.file.upload',
    handle: async ({ upload, perform }) => {
      const { name, stream, fields } = await upload()
      const asked = uploadFields.safeParse(fields)
      if (!asked.success) {
        stream.resume()
        const errors = asked.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }))
        throw new Problem('kernel.invalid_input', { errors })
      }
      const shown = plainName(name)
      const stored = await fileStore().put(stream, shown)
      return perform(uploadFileAction, { ...stored, name: shown, ...asked.data })
    },
  }),
  downloadRoute(downloadFile, {
    permission: 'kernel.file.download',
    handle: async ({ params, read }) => {
      const file = await read((source) => fileById(source, params.id))
      return { name: file.name, mediaType: file.media_type, stream: await fileStore().get(file.sha256) }
    },
  }),
]
