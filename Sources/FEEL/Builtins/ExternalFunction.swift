/// Functions that a model defines by naming something outside FEEL (DMN 1.5, 10.3.2.13.3).
public enum ExternalFunction {
  /// The stand-in for a Java method such as `max(double, double)` of `java.lang.Math`; a function
  /// that always returns null where there is none.
  public static func java(
    className: String, signature: String, parameters: [Parameter]
  ) -> FunctionValue {
    ExternalFunctions.function(
      className: className, signature: signature, parameters)
  }
}
