import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { consoleMail, smtpMail } from './mail.ts'

const mail = { to: 'someone@example.gov.cn', subject: '表率：退回', text: '第一行\n第二行' }

test('the demonstration prints one line a mail, without address, subject or content', async () => {
  const lines: string[] = []
  await consoleMail((line) => lines.push(line)).send(mail)
  expect(lines.length).toBe(1)
  expect(lines[0]).not.toMatch(/someone|example|退回|第一行|\n/)
})

/** Speaks just enough SMTP to take one mail. */
function answering(heard: string[]) {
  return (socket: Socket) => {
    let inData = false
    socket.write('220 ready\r\n')
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        heard.push(line)
        if (inData && line === '.') inData = false
        if (inData) continue
        if (line === 'DATA') inData = true
        socket.write(line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
      }
    })
  }
}

test('SMTP gets sender, receiver and text', async () => {
  const heard: string[] = []
  const server = createServer(answering(heard))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await smtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'biaoshuai@example.gov.cn' }).send(mail)
  server.close()
  expect(heard).toContain('RCPT TO:<someone@example.gov.cn>')
  expect(heard).toContain('MAIL FROM:<biaoshuai@example.gov.cn>')
})

test('a mail server that is not there makes sending fail', async () => {
  await expect(smtpMail({ url: 'smtp://127.0.0.1:1', from: 'a@example.gov.cn' }).send(mail)).rejects.toThrow()
})
