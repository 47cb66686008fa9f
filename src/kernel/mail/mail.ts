import { createTransport } from 'nodemailer'

/** One mail in plain text. */
export interface Mail {
  /** The same for every try of the same mail, so that a repetition can be known. Letters and digits. */
  readonly id?: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Sends mail, or throws: then it has not been sent. */
export interface MailSender {
  send(mail: Mail): Promise<void>
}

/** Sends by SMTP. `url` is `smtp://` or `smtps://`, with the user and password where the server asks for them. */
export function smtpMail(settings: { readonly url: string; readonly from: string }): MailSender {
  const transport = createTransport(settings.url, { from: settings.from })
  return {
    send: async ({ id, to, subject, text }) => {
      await transport.sendMail({ to, subject, text, ...(id !== undefined && { messageId: `<${id}@${hostOf(settings.from)}>` }) })
    },
  }
}

const hostOf = (from: string) => from.split('@')[1]?.replace(/[^a-zA-Z0-9.-]/g, '') || 'localhost'

/** Stands in for a mail server in the demonstration: one line a mail, without address or content. */
export function consoleMail(write: (line: string) => void): MailSender {
  return {
    send: ({ text }) => {
      write(`演示：已生成一封通知邮件（${text.split('\n').length} 行），没有配置邮件服务器，未发出。`)
      return Promise.resolve()
    },
  }
}
