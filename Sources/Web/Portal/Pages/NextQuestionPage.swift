/// The question worth answering next, as a page of its own.
///
/// Finding it takes a search through the answers that are open; the script puts it into the pages
/// of the forms once these are there.
struct NextQuestionPage: Page {
  /// The question, with the way to it.
  struct Next: Sendable {
    let text: String
    let path: String
  }

  let shell: Shell
  let next: Next?

  static let name = "next"
  static let template = """
    <main id="main" class="page narrow">
    <div class="lead"><h1>What to answer next</h1></div>
    <div id="next-question">{{#next}}<section class="card" aria-labelledby="next"><h2 id="next">Worth answering next</h2>
    <p><a href="{{path}}">{{text}}</a></p></section>{{/next}}{{^next}}<p class="quiet">No answer that is still open changes what fits you.</p>{{/next}}</div>
    <p class="actions"><a class="button second" href="/questionnaires">All questionnaires</a></p>
    </main>
    """

  /// Where the script puts the question; until then, and without script, the way to it.
  static let partial = """
    <div id="next-question" data-next="/next-question" aria-live="polite"><p><a href="/next-question">What is worth answering next?</a></p></div>
    """
}
