/// Scales that were laid down by law; coefficients are in hundredths.
extension BonusMalusScale {
  /// The compulsory motor insurance of Russia from 1 April 2022: Bank of Russia, Directive 6007-U
  /// of 8 December 2021, annex 2.
  public static let russia2022 = BonusMalusScale(
    known: "RU OSAGO from 2022-04-01",
    source: "Bank of Russia, Directive 6007-U of 8 December 2021, annex 2",
    [
      ("M", 392), ("0", 294), ("1", 225), ("2", 176), ("3", 117), ("4", 100), ("5", 91),
      ("6", 83), ("7", 78), ("8", 74), ("9", 68), ("10", 63), ("11", 57), ("12", 52), ("13", 46),
    ])

  /// The compulsory motor insurance of Russia before 1 April 2022: Bank of Russia, Directive
  /// 5515-U of 28 July 2020, annex 2.
  public static let russia2020 = BonusMalusScale(
    known: "RU OSAGO before 2022-04-01",
    source: "Bank of Russia, Directive 5515-U of 28 July 2020, annex 2",
    [
      ("M", 245), ("0", 230), ("1", 155), ("2", 140), ("3", 100), ("4", 95), ("5", 90),
      ("6", 85), ("7", 80), ("8", 75), ("9", 70), ("10", 65), ("11", 60), ("12", 55), ("13", 50),
    ])

  /// The uniform scale of Belgium from 1992 to 2003.
  public static let belgium1992 = BonusMalusScale(
    known: "BE 1992",
    source: "Royal Decree of 14 December 1992; J. Lemaire, Bonus-Malus Systems (1995)",
    [
      ("0", 54), ("1", 54), ("2", 54), ("3", 57), ("4", 60), ("5", 63), ("6", 66), ("7", 69),
      ("8", 73), ("9", 77), ("10", 81), ("11", 85), ("12", 90), ("13", 95), ("14", 100),
      ("15", 105), ("16", 111), ("17", 117), ("18", 123), ("19", 130), ("20", 140),
      ("21", 160), ("22", 200),
    ])

  /// The scale of Kosovo: Kosovo Insurance Bureau; entry class 11, one class down for a year
  /// without a claim, three up for each claim.
  public static let kosovo = BonusMalusScale(
    known: "XK",
    source: "Kosovo Insurance Bureau, bonus-malus system",
    [
      ("1", 45), ("2", 50), ("3", 55), ("4", 60), ("5", 65), ("6", 70), ("7", 75), ("8", 80),
      ("9", 85), ("10", 90), ("11", 100), ("12", 105), ("13", 120), ("14", 140), ("15", 160),
      ("16", 180), ("17", 200), ("18", 225), ("19", 250),
    ])

  /// All scales that are known here.
  public static let known = [russia2022, russia2020, belgium1992, kosovo]
}
