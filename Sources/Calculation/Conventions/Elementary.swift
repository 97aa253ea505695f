#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The elementary functions of binary floating point, which rates are solved with and options
/// priced with; money never passes through them without being rounded to stated digits.
enum Elementary {
  @inline(__always)
  static func exponential(_ x: Double) -> Double { exp(x) }

  @inline(__always)
  static func logarithm(_ x: Double) -> Double { log(x) }

  @inline(__always)
  static func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }

  @inline(__always)
  static func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }

  @inline(__always)
  static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

  @inline(__always)
  static func complementaryError(_ x: Double) -> Double { erfc(x) }

  @inline(__always)
  static func sine(_ x: Double) -> Double { sin(x) }

  @inline(__always)
  static func cosine(_ x: Double) -> Double { cos(x) }
}
