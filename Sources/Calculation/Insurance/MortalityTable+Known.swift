import Quantities

/// Laws of mortality that are published for study and comparison, held as data in `Tables`; an
/// insurer brings its own table.
extension MortalityTable {
  /// The Standard Ultimate Life Table.
  ///
  /// Dickson, Hardy and Waters, Actuarial Mathematics for Life Contingent Risks, appendix D;
  /// Society of Actuaries, exam FAM-L.
  public static let standardUltimate = law("standardUltimate")

  /// The Illustrative Life Table.
  ///
  /// Bowers et al., Actuarial Mathematics, appendix 2A.
  public static let illustrative = law("illustrative")

  /// A law from its row, which a test holds to be there.
  private static func law(_ name: String) -> MortalityTable {
    let row = DataTable(PackageResources.mortality_laws_csv).rows.first { $0.first == name } ?? []
    let constants = row.dropFirst().map { text -> Decimal128 in
      let parts = text.split(separator: "^").compactMap { Decimal128($0) }
      return parts.count == 2 ? parts[0].power(parts[1]) : parts.first ?? .nan
    }
    return MortalityTable(
      constant: constants.first ?? .nan, scale: constants.dropFirst().first ?? .nan,
      growth: constants.last ?? .nan, firstAge: 0)
  }
}
