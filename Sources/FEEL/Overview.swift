// FEEL: text → checked expression → value.
//
// The public face, in the order in which a caller meets it:
//
// - `Scope`: declares names (`declare(_:_:) -> slot`), constants, host functions and the types of
//   item definitions (`declare(type:_:)`) that a text may use.
// - `Expression.parse(_:scope:)` throws `Diagnostics` (drawn) when the text violates the grammar.
//   Unknown names, functions and types do not throw: they are null at run time and stand in
//   `problems` with severity `.error`; a caller that wants them refused looks there.
// - `UnaryTests.parse(_:input:scope:)` for cells and allowed values; `form` is the `CellForm` that
//   an index can use, nil when only `matches(_:_:)` can decide.
// - `Evaluation(now:limits:recording:)` holds the clock, the limits, the budget of steps and the
//   causes of nulls; `Frame(evaluation)` holds the slots. An unset slot asks `frame.supplier`, so
//   required decisions are evaluated only when asked for.
// - `Value`, `Context` (with a shared `ContextShape` for fast making and reading), `ValueRange`,
//   `FunctionValue` (make one with a body for a business knowledge model; `call` and
//   `call(named:)`), `DateTime`, `TimeOfDay`, `DaysTimeDuration`, `YearsMonthsDuration`, `Zone`.
// - `Type`: `accepts` (conformance of a value), `converting` (with the implicit conversions),
//   `conforms(to:)`, and `Value.type`.
// - `Value.equals` (three-valued `=`), `Value.compares` (all operators), `Value.same` (`is`).
// - `ExternalFunction.java(className:signature:parameters:)` for Java function definitions.
