/// The frame that every page stands in, and the pieces that several share.
enum Layout {
  static let frame = """
    <!doctype html>
    <html lang="{{shell.language}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{shell.title}} – Steward</title>
    <link rel="stylesheet" href="{{shell.style}}">
    <link rel="icon" href="{{shell.icon}}" type="image/svg+xml">
    <script src="{{shell.script}}" defer></script>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="band"><div class="band-row">
    <a class="brand" href="/">{{{shell.mark}}}<span>Steward</span></a>
    <nav aria-label="Main"><ul>
    {{#shell.links}}<li><a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{~label}}</a></li>
    {{/shell.links}}</ul></nav>
    {{#shell.isSignedIn}}<form method="post" action="/sign-out"><button>Sign out</button></form>{{/shell.isSignedIn}}
    </div></header>
    {{$body}}{{/body}}
    <footer class="foot"><p>Every offer states its reasons. Figures are illustrations until a contract is made.
    <a href="/docs">For developers</a></p>
    <nav aria-label="Language"><ul class="languages">{{#shell.languages}}<li><a href="/language?to={{code}}" lang="{{code}}" hreflang="{{code}}"{{#isHere}} aria-current="true"{{/isHere}}>{{label}}</a></li>{{/shell.languages}}</ul></nav></footer>
    </body>
    </html>
    """

  static let partials: [String: String] = [
    "shortlist": ShortlistView.partial, "next-question": NextQuestionPage.partial,
    "reason": """
    <li{{#isAgainst}} class="against"{{/isAgainst}}{{#isOpen}} class="open"{{/isOpen}}>{{{sign}}}<span>{{text}}</span></li>
    """,
    "offer": """
    <article class="offer">
    <div class="offer-head">
    <h3>{{#rank}}<span class="rank">{{rank}}.</span> {{/rank}}{{name}}</h3>
    <p class="price number">{{~headline}}</p>
    </div>
    <p class="quiet small">{{brand}} · {{~kind}}</p>
    <dl class="facts">{{#facts}}<div><dt>{{~label}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl>
    <ul class="reasons" aria-label="Why it fits">{{#reasons}}{{> reason}}{{/reasons}}</ul>
    {{#moreLabel}}<details><summary>{{~moreLabel}}</summary><ul class="reasons">{{#more}}{{> reason}}{{/more}}</ul></details>{{/moreLabel}}
    {{#hasConditions}}<details><summary>What you confirm</summary>
    <ul class="links small">{{#conditions}}<li>{{.}}</li>{{/conditions}}</ul></details>{{/hasConditions}}
    </article>
    """,
  ]

  /// A page's template put into the frame.
  static func around(_ template: String) -> String {
    "{{<frame}}{{$body}}\(template){{/body}}{{/frame}}"
  }
}
