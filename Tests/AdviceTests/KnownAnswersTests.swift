import Testing

@testable import Advice

@Suite("Answers that are kept")
struct KnownAnswersTests {
  @Test("An answer that is asked for again outlives those that are asked for once")
  func shared() {
    let known = KnownAnswers<Int, Int>(limit: 8)
    var worked = 0
    func ask(_ question: Int) {
      #expect(
        known.answer(to: question) {
          worked += 1
          return question * 2
        } == question * 2)
    }
    for once in 1...100 {
      ask(0)
      ask(once)
    }
    #expect(worked == 101, "the shared answer is worked out once")
    ask(1)
    #expect(worked == 102, "one that nobody asked for again is gone")
  }
}
