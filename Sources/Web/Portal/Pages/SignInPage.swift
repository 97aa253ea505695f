/// Where a person signs in.
struct SignInPage: Page {
  let shell = Shell.open("Sign in", at: "/sign-in")
  let login: String
  let fault: String?
  let next: String?

  static let name = "sign-in"
  static let template = """
    <main id="main" class="page narrow">
    <div class="lead"><h1>Sign in</h1>
    <p class="quiet">Your accounts, policies and advice in one place.</p></div>
    <section class="card" aria-label="Sign in">
    {{#fault}}<p class="note bad" role="alert">{{~fault}}</p>{{/fault}}
    <form method="post" action="/sign-in">
    {{#next}}<input type="hidden" name="next" value="{{next}}">{{/next}}
    <div class="field"><label for="login">Login</label>
    <input id="login" name="login" type="text" autocapitalize="none" spellcheck="false" autocomplete="username" required maxlength="254" value="{{login}}"></div>
    <div class="field"><label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"></div>
    <div class="actions"><button>Sign in</button></div>
    </form>
    </section>
    <p class="quiet small">We never ask for your password by e-mail or telephone.</p>
    </main>
    """
}
