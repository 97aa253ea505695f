/// The rules as staff see them: what is in force, what is being worked on, and what is tried.
struct RulesPage: Page {
  /// An edition.
  struct Edition: Sendable {
    let effective: String
    let state: String
    let isCurrent: Bool
    let digest: String
    let about: String?
  }

  /// A draft.
  struct Draft: Sendable {
    let title: String
    let path: String
    let state: String
    let updated: String
  }

  /// A trial.
  struct Trial: Sendable {
    let name: String
    let about: String
    let sampleRatio: String
    let isBad: Bool
    let result: String
    let endPath: String?
  }

  let shell: Shell
  let key: String
  let fault: String?
  let isOwner: Bool
  let editions: [Edition]
  let drafts: [Draft]
  let hasDrafts: Bool
  let trials: [Trial]
  let hasTrials: Bool
  let gate: String

  static let name = "rules"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>Rules</h1>
    <p class="quiet">Every edition that decided or will decide, and what is being worked on. {{~gate}}</p></div>
    {{#fault}}<div class="note bad" role="alert"><p>{{~fault}}</p></div>{{/fault}}
    <div class="columns">
    <section class="card" aria-labelledby="drafts"><h2 id="drafts">Drafts</h2>
    {{#hasDrafts}}<ul class="links">{{#drafts}}<li class="card-head"><a href="{{path}}">{{title}}</a><span><span class="tag">{{~state}}</span> <span class="quiet small number">{{updated}}</span></span></li>{{/drafts}}</ul>{{/hasDrafts}}
    {{^hasDrafts}}<p class="quiet">Nobody works on a draft.</p>{{/hasDrafts}}
    {{#isOwner}}<form method="post" action="/rules/drafts"><input type="hidden" name="key" value="{{key}}">
    <div class="field"><label for="title">What a new draft is for</label>
    <input id="title" name="title" maxlength="400" autocomplete="off"></div>
    <div class="actions"><button>Begin a draft of the rules in force</button></div></form>{{/isOwner}}
    {{^isOwner}}<p class="note">Rules are written and published by rule owners; you may read them.</p>{{/isOwner}}
    </section>
    <section class="card" aria-labelledby="editions"><h2 id="editions">Editions</h2>
    <ol class="timeline">{{#editions}}<li{{^isCurrent}} class="next"{{/isCurrent}}><strong>From {{effective}}</strong> <span class="tag">{{~state}}</span>
    <p class="quiet small"><code>{{digest}}</code>{{#about}}, {{about}}{{/about}}</p></li>{{/editions}}</ol>
    {{#isOwner}}<details><summary>Roll back</summary>
    <form method="post" action="/rules/rollback">
    <div class="field"><label for="reason">Why</label><input id="reason" name="reason" maxlength="400" autocomplete="off">
    <p class="hint">From today on the edition before decides again; this is written to the audit log.</p></div>
    <div class="actions"><button>Roll back to the edition before</button></div></form></details>{{/isOwner}}
    </section>
    </div>
    {{#hasTrials}}<section class="card" aria-labelledby="trials"><h2 id="trials">Trials</h2>
    {{#trials}}<article class="offer"><div class="offer-head"><h3>{{name}}</h3><p class="quiet small">{{~about}}</p></div>
    <p class="number">{{~result}}</p>
    <p><span class="tag{{#isBad}} bad{{/isBad}}">{{~sampleRatio}}</span></p>
    {{#endPath}}<form method="post" action="{{endPath}}"><div class="actions"><button>End the trial</button></div></form>{{/endPath}}</article>{{/trials}}
    </section>{{/hasTrials}}
    </main>
    """
}
