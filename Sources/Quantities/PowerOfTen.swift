/// Exact powers of ten, and their reciprocals for division by multiplication.
enum PowerOfTen {
  /// The largest exponent whose power fits 64 bits.
  static let largestInWord = 19
  /// The largest exponent whose power fits 128 bits.
  static let largest = 38
  /// The largest exponent that `reciprocal` knows.
  static let largestDivisor = 36

  /// 10 to the power of the index, in 64 bits.
  static let words: [UInt64] = [
    1, 10, 100, 1000, 10000, 100000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]

  /// 10 to the power of the index, in 128 bits: high word, low word.
  private static let doubleWords: [UInt64] = [
    0x0, 0x1, 0x0, 0xA, 0x0, 0x64, 0x0, 0x3E8, 0x0, 0x2710, 0x0, 0x186A0, 0x0, 0xF4240, 0x0,
    0x989680, 0x0, 0x5F5E100, 0x0, 0x3B9ACA00, 0x0, 0x2540BE400, 0x0, 0x174876E800, 0x0,
    0xE8D4A51000, 0x0, 0x9184E72A000, 0x0, 0x5AF3107A4000, 0x0, 0x38D7EA4C68000, 0x0,
    0x2386F26FC10000, 0x0, 0x16345785D8A0000, 0x0, 0xDE0B6B3A7640000, 0x0, 0x8AC7230489E80000,
    0x5, 0x6BC75E2D63100000, 0x36, 0x35C9ADC5DEA00000, 0x21E, 0x19E0C9BAB2400000, 0x152D,
    0x2C7E14AF6800000, 0xD3C2, 0x1BCECCEDA1000000, 0x84595, 0x161401484A000000, 0x52B7D2,
    0xDCC80CD2E4000000, 0x33B2E3C, 0x9FD0803CE8000000, 0x204FCE5E, 0x3E25026110000000,
    0x1431E0FAE, 0x6D7217CAA0000000, 0xC9F2C9CD0, 0x4674EDEA40000000, 0x7E37BE2022,
    0xC0914B2680000000, 0x4EE2D6D415B, 0x85ACEF8100000000, 0x314DC6448D93, 0x38C15B0A00000000,
    0x1ED09BEAD87C0, 0x378D8E6400000000, 0x13426172C74D82, 0x2B878FE800000000, 0xC097CE7BC90715,
    0xB34B9F1000000000, 0x785EE10D5DA46D9, 0xF436A000000000, 0x4B3B4CA85A86C47A,
    0x98A224000000000,
  ]

  /// For the index k: the high and low words of ⌊2^(127+b) / 10^k⌋, where b is the bit width of
  /// 10^k.
  ///
  /// The entry of k = 0 is not used, because its reciprocal does not fit.
  private static let reciprocalWords: [UInt64] = [
    0, 0, 0xCCCCCCCCCCCCCCCC, 0xCCCCCCCCCCCCCCCC, 0xA3D70A3D70A3D70A, 0x3D70A3D70A3D70A3,
    0x83126E978D4FDF3B, 0x645A1CAC083126E9, 0xD1B71758E219652B, 0xD3C36113404EA4A8,
    0xA7C5AC471B478423, 0xFCF80DC33721D53, 0x8637BD05AF6C69B5, 0xA63F9A49C2C1B10F,
    0xD6BF94D5E57A42BC, 0x3D32907604691B4C, 0xABCC77118461CEFC, 0xFDC20D2B36BA7C3D,
    0x89705F4136B4A597, 0x31680A88F8953030, 0xDBE6FECEBDEDD5BE, 0xB573440E5A884D1B,
    0xAFEBFF0BCB24AAFE, 0xF78F69A51539D748, 0x8CBCCC096F5088CB, 0xF93F87B7442E45D3,
    0xE12E13424BB40E13, 0x2865A5F206B06FB9, 0xB424DC35095CD80F, 0x538484C19EF38C94,
    0x901D7CF73AB0ACD9, 0xF9D37014BF60A10, 0xE69594BEC44DE15B, 0x4C2EBE687989A9B3,
    0xB877AA3236A4B449, 0x9BEFEB9FAD487C2, 0x9392EE8E921D5D07, 0x3AFF322E62439FCF,
    0xEC1E4A7DB69561A5, 0x2B31E9E3D06C32E5, 0xBCE5086492111AEA, 0x88F4BB1CA6BCF584,
    0x971DA05074DA7BEE, 0xD3F6FC16EBCA5E03, 0xF1C90080BAF72CB1, 0x5324C68B12DD6338,
    0xC16D9A0095928A27, 0x75B7053C0F178293, 0x9ABE14CD44753B52, 0xC4926A9672793542,
    0xF79687AED3EEC551, 0x3A83DDBD83F52204, 0xC612062576589DDA, 0x95364AFE032A819D,
    0x9E74D1B791E07E48, 0x775EA264CF55347D, 0xFD87B5F28300CA0D, 0x8BCA9D6E188853FC,
    0xCAD2F7F5359A3B3E, 0x96EE45813A04330, 0xA2425FF75E14FC31, 0xA1258379A94D028D,
    0x81CEB32C4B43FCF4, 0x80EACF948770CED7, 0xCFB11EAD453994BA, 0x67DE18EDA5814AF2,
    0xA6274BBDD0FADD61, 0xECB1AD8AEACDD58E, 0x84EC3C97DA624AB4, 0xBD5AF13BEF0B113E,
    0xD4AD2DBFC3D07787, 0x955E4EC64B44E864, 0xAA242499697392D2, 0xDDE50BD1D5D0B9E9,
  ]

  /// 10 to the power of `exponent`, which must be in `0...largest`.
  @inline(__always)
  static func value(_ exponent: Int) -> UInt128 {
    UInt128(high: doubleWords[2 &* exponent], low: doubleWords[2 &* exponent &+ 1])
  }

  /// The scaled reciprocal of 10 to the power of `exponent`, which must be in `1...largestDivisor`.
  @inline(__always)
  static func reciprocal(_ exponent: Int) -> UInt128 {
    UInt128(high: reciprocalWords[2 &* exponent], low: reciprocalWords[2 &* exponent &+ 1])
  }
}

extension UInt128 {
  /// The number made of two words.
  @inline(__always)
  init(high: UInt64, low: UInt64) {
    self = UInt128(truncatingIfNeeded: high) &<< 64 | UInt128(truncatingIfNeeded: low)
  }

  /// The upper 64 bits.
  @inline(__always)
  var highWord: UInt64 { UInt64(truncatingIfNeeded: self &>> 64) }

  /// The lower 64 bits.
  @inline(__always)
  var lowWord: UInt64 { UInt64(truncatingIfNeeded: self) }

  /// The number of significant bits; 0 for zero.
  @inline(__always)
  var width: Int {
    let high = highWord
    return high != 0 ? 128 &- high.leadingZeroBitCount : 64 &- lowWord.leadingZeroBitCount
  }

  /// The number of decimal digits; 0 for zero.
  @inline(__always)
  var decimalDigits: Int {
    // 1233/4096 is log10(2) closely enough for every width up to 256 bits.
    let estimate = (width &* 1233) &>> 12
    return self >= PowerOfTen.value(estimate) ? estimate &+ 1 : estimate
  }
}
