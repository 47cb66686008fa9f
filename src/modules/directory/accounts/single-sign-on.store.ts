/** How the installation's single sign-on is reached. */
export interface SingleSignOn {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: string
  /** The claim that holds the account's username here. */
  readonly usernameClaim: string
  /** What the button on the sign-in page says. */
  readonly title: string
}

export const startPath = '/api/v1/oidc/start'
export const callbackPath = '/api/v1/oidc/callback'

let configured: SingleSignOn | null = null

export function configureSingleSignOn(settings: SingleSignOn | null): void {
  configured = settings
}

/** What the sign-in page offers; null without a single sign-on. */
export function singleSignOnOffer(): { title: string; path: string } | null {
  return configured && { title: configured.title, path: startPath }
}
