/// What is known of the cases of the compatibility kit, by name.
enum KitLists {
  /// For each folder of the kit, how many cases pass: the figures may only grow.
  static let passing = """
    compliance-level-2/0001-input-data-string 1
    compliance-level-2/0002-input-data-number 1
    compliance-level-2/0004-simpletable-U 3
    compliance-level-2/0005-simpletable-A 3
    compliance-level-2/0006-simpletable-P1 3
    compliance-level-2/0008-LX-arithmetic 3
    compliance-level-2/0010-multi-output-U 3
    compliance-level-2/0100-feel-constants 1
    compliance-level-2/0101-feel-constants 6
    compliance-level-2/0105-feel-math 33
    compliance-level-2/0110-outputOrder-hitpolicy 3
    compliance-level-2/0111-first-hitpolicy-singleoutputcol 3
    compliance-level-2/0112-ruleOrder-hitpolicy-singleinoutcol 3
    compliance-level-2/0115-sum-collect-hitpolicy 3
    compliance-level-2/0116-count-collect-hitpolicy 3
    compliance-level-2/0118-multi-priority-hitpolicy 3
    compliance-level-2/0119-multi-collect-hitpolicy 3
    compliance-level-3/0001-filter 1
    compliance-level-3/0002-string-functions 4
    compliance-level-3/0003-iteration 1
    compliance-level-3/0005-literal-invocation 3
    compliance-level-3/0006-join 1
    compliance-level-3/0007-date-time 1
    compliance-level-3/0010-concatenate 1
    compliance-level-3/0012-list-functions 19
    compliance-level-3/0013-sort 1
    compliance-level-3/0014-loan-comparison 1
    compliance-level-3/0016-some-every 3
    compliance-level-3/0017-tableTests 4
    compliance-level-3/0020-vacation-days 7
    compliance-level-3/0021-singleton-list 1
    compliance-level-3/0030-user-defined-functions 1
    compliance-level-3/0031-user-defined-functions 3
    compliance-level-3/0032-conditionals 6
    compliance-level-3/0033-for-loops 4
    compliance-level-3/0034-drg-scopes 1
    compliance-level-3/0035-test-structure-output 3
    compliance-level-3/0037-dt-on-bkm-implicit-params 2
    compliance-level-3/0038-dt-on-bkm-explicit-params 2
    compliance-level-3/0041-multiple-nestedcontext 3
    compliance-level-3/0050-feel-abs-function 17
    compliance-level-3/0053-feel-log-function 15
    compliance-level-3/0054-feel-even-function 17
    compliance-level-3/0055-feel-odd-function 17
    compliance-level-3/0056-feel-modulo-function 28
    compliance-level-3/0057-feel-context 11
    compliance-level-3/0059-feel-all-function 19
    compliance-level-3/0060-feel-any-function 17
    compliance-level-3/0062-feel-mode-function 13
    compliance-level-3/0063-feel-stddev-function 12
    compliance-level-3/0065-feel-disjunction 19
    compliance-level-3/0066-feel-negation 6
    compliance-level-3/0067-feel-split-function 9
    compliance-level-3/0068-feel-equality 114
    compliance-level-3/0071-feel-between 38
    compliance-level-3/0072-feel-in 327
    compliance-level-3/0073-feel-comments 3
    compliance-level-3/0075-feel-exponent 12
    compliance-level-3/0076-feel-external-java 18
    compliance-level-3/0077-feel-nan 1
    compliance-level-3/0078-feel-infinity 2
    compliance-level-3/0081-feel-getentries-function 9
    compliance-level-3/0082-feel-coercion 36
    compliance-level-3/0083-feel-unicode 14
    compliance-level-3/0084-feel-for-loops 24
    compliance-level-3/0086-import 2
    compliance-level-3/0087-chapter-11-example 8
    compliance-level-3/0088-no-decision-logic 1
    compliance-level-3/0089-nested-inputdata-imports 1
    compliance-level-3/0090-feel-paths 4
    compliance-level-3/0091-local-hrefs 1
    compliance-level-3/0092-feel-lambda 18
    compliance-level-3/0093-feel-at-literals 19
    compliance-level-3/0094-feel-product-function 13
    compliance-level-3/0095-feel-day-of-year-function 19
    compliance-level-3/0096-feel-day-of-week-function 12
    compliance-level-3/0097-feel-month-of-year-function 12
    compliance-level-3/0100-arithmetic 1087
    compliance-level-3/0103-feel-is-function 50
    compliance-level-3/1100-feel-decimal-function 10
    compliance-level-3/1101-feel-floor-function 17
    compliance-level-3/1102-feel-ceiling-function 17
    compliance-level-3/1103-feel-substring-function 11
    compliance-level-3/1106-feel-lower-case-function 9
    compliance-level-3/1107-feel-substring-before-function 9
    compliance-level-3/1108-feel-substring-after-function 10
    compliance-level-3/1109-feel-replace-function 28
    compliance-level-3/1115-feel-date-function 52
    compliance-level-3/1116-feel-time-function 83
    compliance-level-3/1121-feel-years-and-months-duration-function 36
    compliance-level-3/1130-feel-interval 14
    compliance-level-3/1131-feel-function-invocation 8
    compliance-level-3/1141-feel-round-up-function 16
    compliance-level-3/1142-feel-round-down-function 16
    compliance-level-3/1144-feel-round-half-down-function 16
    compliance-level-3/1145-feel-context-function 18
    compliance-level-3/1146-feel-context-put-function 30
    compliance-level-3/1147-feel-context-merge-function 14
    compliance-level-3/1148-feel-now-function 2
    compliance-level-3/1149-feel-today-function 2
    compliance-level-3/1151-boxed-filter 4
    compliance-level-3/1152-boxed-for 2
    compliance-level-3/1154-boxed-every 5
    compliance-level-3/1155-list-replace-function 22
    compliance-level-3/1156-range-function 56
    compliance-level-3/1161-boxed-list-expression 2
    non-compliant/0015-all-any 2
    non-compliant/0019-flight-rebooking 1
    non-compliant/0088-recursion 2
    """

  /// The cases whose expected numbers the kit gives with fewer digits than decimal128 has, so that
  /// only the tolerance of 1e-8 makes them equal: instalments, means, logarithms, powers and
  /// deviations written with 9 to 16 digits, and one cosine of Java's.
  static let rounded = """
    compliance-level-2/0008-LX-arithmetic/0008-LX-arithmetic-test-01#001
    compliance-level-2/0008-LX-arithmetic/0008-LX-arithmetic-test-01#002
    compliance-level-2/0008-LX-arithmetic/0008-LX-arithmetic-test-01#003
    compliance-level-3/0003-iteration/0003-iteration-test-01#001
    compliance-level-3/0005-literal-invocation/0005-literal-invocation-test-01#001
    compliance-level-3/0005-literal-invocation/0005-literal-invocation-test-01#002
    compliance-level-3/0005-literal-invocation/0005-literal-invocation-test-01#003
    compliance-level-3/0012-list-functions/0012-list-functions-test-01#006
    compliance-level-3/0012-list-functions/0012-list-functions-test-01#007
    compliance-level-3/0014-loan-comparison/0014-loan-comparison-test-01#001
    compliance-level-3/0041-multiple-nestedcontext/0041-multiple-nestedcontext-test-01#001
    compliance-level-3/0041-multiple-nestedcontext/0041-multiple-nestedcontext-test-01#002
    compliance-level-3/0041-multiple-nestedcontext/0041-multiple-nestedcontext-test-01#003
    compliance-level-3/0053-feel-log-function/0053-feel-log-function-test-01#001
    compliance-level-3/0053-feel-log-function/0053-feel-log-function-test-01#006
    compliance-level-3/0063-feel-stddev-function/0063-feel-stddev-function-test-01#001
    compliance-level-3/0063-feel-stddev-function/0063-feel-stddev-function-test-01#009
    compliance-level-3/0063-feel-stddev-function/0063-feel-stddev-function-test-01#011
    compliance-level-3/0076-feel-external-java/0076-feel-external-java-test-01#literal_001
    compliance-level-3/0100-arithmetic/0100-arithmetic-test-01#exponent_lhs_number_exp_rhs_number_005
    """
}
