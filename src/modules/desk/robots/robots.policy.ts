import { permissions } from '../../../kernel/access/permissions.ts'

permissions({
  'desk.robot.read': { title: '看群机器人', administrators: ['system'] },
  'desk.robot.add': { title: '加群机器人', administrators: ['system'] },
  'desk.robot.change': { title: '改群机器人', administrators: ['system'] },
  'desk.robot.test': { title: '试发群机器人', administrators: ['system'] },
})
