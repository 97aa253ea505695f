#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The trigonometric methods of `java.lang.Math`, which work in binary floating point there too.
enum Trigonometry {
  /// The functions by their Java names.
  static let functions: [String: @Sendable (Double) -> Double] = [
    "sin": { sin($0) }, "cos": { cos($0) }, "tan": { tan($0) },
    "asin": { asin($0) }, "acos": { acos($0) }, "atan": { atan($0) },
    "sinh": { sinh($0) }, "cosh": { cosh($0) }, "tanh": { tanh($0) },
    "log10": { log10($0) }, "cbrt": { cbrt($0) },
    "toRadians": { $0 / 180 * Double.pi }, "toDegrees": { $0 * 180 / Double.pi },
  ]
}
