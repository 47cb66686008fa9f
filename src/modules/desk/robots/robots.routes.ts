import { type Route, route } from '../../../kernel/http/route.ts'
import { robotHosts } from '../../../kernel/robots/robots.ts'
import { addRobotAction, changeRobotAction, testRobotAction } from './robots.actions.ts'
import { addRobot, changeRobot, listRobots, testRobot } from './robots.contract.ts'
import './robots.policy.ts'
import { robotsAsked } from './robots.queries.ts'

export const robotsRoutes: readonly Route[] = [
  route(listRobots, {
    permission: 'desk.robot.read',
    handle: async ({ read }) => ({ items: await read(robotsAsked), hosts: [...robotHosts()] }),
  }),
  route(addRobot, { permission: 'desk.robot.add', handle: ({ body, perform }) => perform(addRobotAction, body) }),
  route(changeRobot, {
    permission: 'desk.robot.change',
    handle: ({ params, body, perform }) => perform(changeRobotAction, { ...params, ...body }),
  }),
  route(testRobot, { permission: 'desk.robot.test', handle: ({ params, perform }) => perform(testRobotAction, params) }),
]
