import JSON

/// What went wrong, for a person.
struct ErrorPage: Page {
  let shell: Shell
  let title: String
  let detail: String?
  let violations: [String]
  let hasViolations: Bool
  let requestID: String
  let needsSignIn: Bool

  init(_ problem: Problem, requestID: String) {
    needsSignIn = problem.kind == .signInRequired
    shell = needsSignIn ? .open(problem.kind.title) : .anyone(problem.kind.title)
    title = problem.kind.title
    detail = problem.detail
    violations = problem.violations.map { "\($0.pointer): \($0.detail)" }
    hasViolations = !problem.violations.isEmpty
    self.requestID = requestID
  }

  static let name = "error"
  static let template = """
    <main id="main" class="page narrow">
    <section class="card" aria-labelledby="what">
    <h1 id="what">{{~title}}</h1>
    {{#detail}}<p>{{~detail}}</p>{{/detail}}
    {{#hasViolations}}<ul class="links">{{#violations}}<li>{{~.}}</li>{{/violations}}</ul>{{/hasViolations}}
    <p class="actions">{{#needsSignIn}}<a class="button" href="/sign-in">Sign in</a>{{/needsSignIn}}
    {{^needsSignIn}}<a class="button" href="/">Go to the overview</a>{{/needsSignIn}}</p>
    <p class="quiet small">If it happens again, tell us this number: <span class="number">{{requestID}}</span></p>
    </section>
    </main>
    """
}
