import Quantities

/// Scales that were laid down by law: data files in `Tables`, each with its source, compiled in.
extension BonusMalusScale {
  /// The compulsory motor insurance of Russia from 1 April 2022.
  public static let russia2022 = read(PackageResources.bonus_malus_russia_2022_csv)

  /// The compulsory motor insurance of Russia before 1 April 2022.
  public static let russia2020 = read(PackageResources.bonus_malus_russia_2020_csv)

  /// The uniform scale of Belgium from 1992 to 2003.
  public static let belgium1992 = read(PackageResources.bonus_malus_belgium_1992_csv)

  /// The scale of Kosovo: entry class 11, one class down for a year without a claim, three up for
  /// each claim.
  public static let kosovo = read(PackageResources.bonus_malus_kosovo_csv)

  /// All scales that are known here.
  public static let known = [russia2022, russia2020, belgium1992, kosovo]

  /// A scale from its file, which a test holds to be complete.
  private static func read(_ bytes: [UInt8]) -> BonusMalusScale {
    let table = DataTable(bytes)
    return BonusMalusScale(
      known: table.name, source: table.source,
      table.rows.map { row in
        Class(row.first ?? "", coefficient: Decimal128(row.last ?? "") ?? .nan)
      })
  }
}
