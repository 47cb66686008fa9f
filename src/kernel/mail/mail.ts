import { createTransport } from 'nodemailer'

/** One mail in plain text. */
export interface Mail {
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
    send: async ({ to, subject, text }) => {
      await transport.sendMail({ to, subject, text })
    },
  }
}

/** Stands in for a mail server in the demonstration: one line a mail, without address or content. */
export function consoleMail(write: (line: string) => void): MailSender {
  return {
    send: ({ text }) => {
      write(`演示：已生成一封通知邮件（${text.split('\n').length} 行），没有配置邮件服务器，未发出。`)
      return Promise.resolve()
    },
  }
}
