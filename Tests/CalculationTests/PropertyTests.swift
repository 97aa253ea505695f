import CalculationProperties
import Testing

@Suite("Properties of calculations")
struct PropertyTests {
  @Test("hold in 2,000 random cases each", arguments: Property.all.indices)
  func hold(index: Int) {
    let property = Property.all[index]
    let failure = property.failure(cases: 2_000, seed: 20_261_122)
    #expect(failure == nil, "\(property.name)")
  }
}
