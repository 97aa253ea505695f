/// A draft of rules: what differs, what is wrong, what it would change, and what may be done next.
struct RuleDraftPage: Page {
  /// A file of the draft.
  struct File: Sendable {
    let name: String
    let edit: String?
    let download: String
    let upload: String
    let cases: String
    let isBad: Bool
  }

  /// Something that was found.
  struct Finding: Sendable {
    let text: String
    let isError: Bool
  }

  /// A file with what differs in words.
  struct Change: Sendable {
    let file: String
    let sentences: [String]
  }

  /// A line of a table of counts.
  struct Count: Sendable {
    let name: String
    let first: String
    let second: String
  }

  /// A group of clients with its acceptance.
  struct Group: Sendable {
    let name: String
    let line: String
    let before: String
    let after: String
    let ratio: String
    let isBad: Bool
  }

  /// What a replay found.
  struct Replay: Sendable {
    let about: String
    let values: [Count]
    let products: [Count]
    let hasProducts: Bool
    let segments: [Count]
    let groups: [Group]
    let hasGroups: Bool
    let flipped: [String]
    let hasFlipped: Bool
  }

  /// Something that was done.
  struct Step: Sendable {
    let what: String
    let at: String
    let who: String
    let detail: String
  }

  let shell: Shell
  let title: String
  let state: String
  let path: String
  let revision: String
  let fault: String?
  let faults: [String]
  let findings: [Finding]
  let hasFindings: Bool
  let files: [File]
  let changes: [Change]
  let hasChanges: Bool
  let replay: Replay?
  let replayNote: String?
  let canEdit: Bool
  let canReview: Bool
  let canReplay: Bool
  let canApprove: Bool
  let ownNote: String?
  let today: String
  let steps: [Step]

  static let name = "rule-draft"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><p class="small"><a href="/rules">Rules</a></p><h1>{{title}}</h1>
    <p><span class="tag">{{~state}}</span> <span class="quiet small">revision {{revision}}</span></p></div>
    {{#fault}}<div class="note bad" role="alert"><p>{{~fault}}</p><ul class="links">{{#faults}}<li>{{~.}}</li>{{/faults}}</ul></div>{{/fault}}
    <div class="columns">
    <div class="stack">
    <section class="card" aria-labelledby="words"><h2 id="words">What differs from the rules in force</h2>
    {{#hasChanges}}{{#changes}}<h3>{{file}}</h3><ul class="plain">{{#sentences}}<li>{{.}}</li>{{/sentences}}</ul>{{/changes}}{{/hasChanges}}
    {{^hasChanges}}<p class="quiet">Nothing yet.</p>{{/hasChanges}}
    </section>
    <section class="card" aria-labelledby="found"><h2 id="found">What was found</h2>
    {{#hasFindings}}<ul class="plain findings">{{#findings}}<li{{#isError}} class="bad"{{/isError}}><strong>{{#isError}}Error{{/isError}}{{^isError}}Note{{/isError}}:</strong> {{text}}</li>{{/findings}}</ul>{{/hasFindings}}
    {{^hasFindings}}<p class="quiet">Nothing is wrong: every table was searched and every case holds.</p>{{/hasFindings}}
    </section>
    <section class="card" aria-labelledby="files"><h2 id="files">Files</h2>
    <table class="rows"><caption>With their cases and what these reach</caption><thead><tr><th scope="col">File</th><th scope="col">Cases</th><th scope="col"><span class="hidden">Take it out or put it in</span></th></tr></thead><tbody>
    {{#files}}<tr><th scope="row">{{#edit}}<a href="{{edit}}">{{name}}</a>{{/edit}}{{^edit}}{{name}}{{/edit}}</th><td>{{#isBad}}<span class="tag bad">{{~cases}}</span>{{/isBad}}{{^isBad}}{{~cases}}{{/isBad}}</td>
    <td class="wide"><a href="{{download}}" download>Download<span class="hidden"> {{name}}</span></a>{{#canEdit}} <label class="upload" data-upload="{{upload}}" hidden>Upload<span class="hidden"> {{name}}</span><input type="file" class="hidden"></label>{{/canEdit}}</td></tr>
    {{/files}}</tbody></table>
    </section>
    {{#replay}}<section class="card" aria-labelledby="replay"><h2 id="replay">What it would change</h2><p>{{~about}}</p>
    <table class="rows"><caption>Value of the offers by goal, by the open formula</caption><thead><tr><th scope="col">Goal</th><th scope="col">Before</th><th scope="col">Difference</th></tr></thead><tbody>{{#values}}<tr><th scope="row">{{name}}</th><td class="number">{{first}}</td><td class="number">{{second}}</td></tr>{{/values}}</tbody></table>
    {{#hasProducts}}<table class="rows"><caption>Products that fit others than before</caption><thead><tr><th scope="col">Product</th><th scope="col">Gained</th><th scope="col">Lost</th></tr></thead><tbody>{{#products}}<tr><th scope="row">{{name}}</th><td class="number">{{first}}</td><td class="number">{{second}}</td></tr>{{/products}}</tbody></table>{{/hasProducts}}
    <table class="rows"><caption>Segments</caption><thead><tr><th scope="col">Segment</th><th scope="col">All</th><th scope="col">Flipped</th></tr></thead><tbody>{{#segments}}<tr><th scope="row">{{name}}</th><td class="number">{{first}}</td><td class="number">{{second}}</td></tr>{{/segments}}</tbody></table>
    {{#hasGroups}}<table class="rows"><caption>Acceptance of groups that the law protects</caption><thead><tr><th scope="col">Group</th><th scope="col">Of</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">To the best</th></tr></thead><tbody>{{#groups}}<tr><th scope="row">{{name}}</th><td>{{line}}</td><td class="number">{{before}}</td><td class="number">{{after}}</td><td class="number">{{#isBad}}<span class="tag warn">{{ratio}}</span>{{/isBad}}{{^isBad}}{{ratio}}{{/isBad}}</td></tr>{{/groups}}</tbody></table>{{/hasGroups}}
    {{#hasFlipped}}<details><summary>The flipped, by id</summary><ul class="plain small">{{#flipped}}<li><code>{{.}}</code></li>{{/flipped}}</ul></details>{{/hasFlipped}}
    </section>{{/replay}}
    </div>
    <div class="stack">
    <section class="card" aria-labelledby="next"><h2 id="next">What comes next</h2>
    {{#replayNote}}<p class="quiet">{{~replayNote}}</p>{{/replayNote}}
    {{#ownNote}}<p class="note">{{~ownNote}}</p>{{/ownNote}}
    {{#canReplay}}<form method="post" action="{{path}}"><input type="hidden" name="action" value="replay"><div class="actions"><button class="button second">Replay it over decisions and clients</button></div></form>{{/canReplay}}
    {{#canReview}}<form method="post" action="{{path}}"><input type="hidden" name="action" value="review"><input type="hidden" name="revision" value="{{revision}}"><div class="actions"><button>Send for review</button></div></form>{{/canReview}}
    {{#canApprove}}<form method="post" action="{{path}}"><input type="hidden" name="action" value="publish">
    <div class="field"><label for="effective">In force from</label><input id="effective" name="effective" type="date" value="{{today}}" min="{{today}}"></div>
    <div class="field"><label for="override">Reason, where the gate asks for one</label><input id="override" name="override" maxlength="400" autocomplete="off"></div>
    <div class="actions"><button>Publish</button></div></form>
    <details><summary>Try it on a part of the clients</summary><form method="post" action="{{path}}"><input type="hidden" name="action" value="trial">
    <div class="field"><label for="name">Name of the trial</label><input id="name" name="name" maxlength="400" autocomplete="off"></div>
    <div class="field"><label for="share">Part of the clients, in per cent</label><input id="share" name="share" inputmode="decimal" value="10" autocomplete="off"></div>
    <div class="field"><label for="trial-override">Reason, where the gate asks for one</label><input id="trial-override" name="override" maxlength="400" autocomplete="off"></div>
    <div class="actions"><button>Begin the trial</button></div></form></details>
    <details><summary>Send it back</summary><form method="post" action="{{path}}"><input type="hidden" name="action" value="return">
    <div class="field"><label for="note">What is missing</label><input id="note" name="note" maxlength="400" autocomplete="off"></div>
    <div class="actions"><button class="button second">Send back</button></div></form></details>{{/canApprove}}
    {{#canEdit}}<details><summary>Paste a file</summary><form method="post" action="{{path}}"><input type="hidden" name="action" value="paste">
    <div class="field"><label for="file">Name of the file</label><input id="file" name="file" maxlength="100" autocomplete="off"></div>
    <div class="field"><label for="source">Its text</label><textarea id="source" name="source" rows="6" spellcheck="false"></textarea></div>
    <div class="actions"><button class="button second">Put it in</button></div></form></details>
    <details><summary>Give the draft up</summary><form method="post" action="{{path}}"><input type="hidden" name="action" value="drop"><div class="actions"><button class="button second">Give it up</button></div></form></details>{{/canEdit}}
    </section>
    <section class="card" aria-labelledby="steps"><h2 id="steps">What was done</h2>
    <ol class="timeline">{{#steps}}<li><strong>{{~what}}</strong> <span class="quiet small number">{{at}}</span><p class="quiet small">{{who}} {{detail}}</p></li>{{/steps}}</ol>
    </section>
    </div>
    </div>
    </main>
    """
}
