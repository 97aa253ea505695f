// The same operations in QuantLib, for ratios within one run: name, microseconds.
#include <ql/quantlib.hpp>
#include <time.h>
#include <cstdio>
#include <functional>
#include <limits>

using namespace QuantLib;

// Microseconds that this thread has computed for; what others do meanwhile is not in it.
static double processorTime() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void measure(const char *name, int calls, const std::function<double(int)> &body) {
  double best = std::numeric_limits<double>::infinity(), sink = 0;
  for (int round = 0; round < 5; ++round) {
    double began = processorTime();
    for (int call = 0; call < calls; ++call) sink += body(call);
    best = std::min(best, (processorTime() - began) / calls);
  }
  if (sink != sink) std::printf("# the results are used\n");
  std::printf("%s\t%.3f\n", name, best);
}

int main() {
  Date today(15, January, 2026);
  Settings::instance().evaluationDate() = today;
  DayCounter days = Thirty360(Thirty360::European);
  auto leg = [&](double rate) {
    Schedule dates(today, today + Period(360, Months), Period(1, Months), NullCalendar(), Unadjusted,
                   Unadjusted, DateGeneration::Forward, false);
    double balance = 250000, payment = balance * rate / 12 / (1 - std::pow(1 + rate / 12, -360));
    std::vector<Real> notionals;
    for (int month = 0; month < 360; ++month) {
      notionals.push_back(balance);
      balance -= payment - balance * rate / 12;
    }
    return Leg(FixedRateLeg(dates).withNotionals(notionals).withCouponRates(rate, days));
  };
  measure("schedule of 360 rows", 50, [&](int call) { return (double)leg(0.0349 + 1e-6 * call).size(); });
  Leg flows;
  double level = 1121.22;
  for (int month = 1; month <= 360; ++month)
    flows.push_back(ext::make_shared<SimpleCashFlow>(level, today + Period(month, Months)));
  measure("APR over 360 payments", 10, [&](int call) {
    return CashFlows::yield(flows, 248000 + call, Actual365Fixed(), Compounded, Annual, false, today, today);
  });
  auto spot = ext::make_shared<SimpleQuote>(100);
  auto volatility = ext::make_shared<SimpleQuote>(0.22);
  DayCounter year = Actual365Fixed();
  Handle<YieldTermStructure> rates(ext::make_shared<FlatForward>(today, 0.04, year));
  Handle<YieldTermStructure> yields(ext::make_shared<FlatForward>(today, 0.015, year));
  Handle<BlackVolTermStructure> vols(
      ext::make_shared<BlackConstantVol>(today, NullCalendar(), Handle<Quote>(volatility), year));
  auto process = ext::make_shared<BlackScholesMertonProcess>(Handle<Quote>(spot), yields, rates, vols);
  auto payoff = ext::make_shared<PlainVanillaPayoff>(Option::Put, 100);
  Date expiry = today + 274;
  VanillaOption european(payoff, ext::make_shared<EuropeanExercise>(expiry));
  european.setPricingEngine(ext::make_shared<AnalyticEuropeanEngine>(process));
  measure("Black-Scholes with Greeks", 20000, [&](int call) {
    spot->setValue(90 + call % 20);
    return european.NPV() + european.delta() + european.gamma() + european.vega() + european.theta();
  });
  double forward = 100 * std::exp(0.025 * 0.75), discount = std::exp(-0.03);
  measure("implied volatility", 20000, [&](int call) {
    double own = forward * (0.9 + 0.01 * (call % 20));
    double price = blackFormula(Option::Put, 100, own, 0.22 * std::sqrt(0.75), discount);
    return blackFormulaImpliedStdDev(Option::Put, 100, own, price, discount);
  });
  VanillaOption american(payoff, ext::make_shared<AmericanExercise>(today, expiry));
  american.setPricingEngine(ext::make_shared<BaroneAdesiWhaleyApproximationEngine>(process));
  measure("Barone-Adesi-Whaley", 10000, [&](int call) {
    spot->setValue(90 + call % 20);
    return american.NPV();
  });
  american.setPricingEngine(ext::make_shared<QdFpAmericanEngine>(process, QdFpAmericanEngine::fastScheme()));
  measure("American fair value", 2000, [&](int call) {
    spot->setValue(90 + call % 20);
    return american.NPV();
  });
  american.setPricingEngine(ext::make_shared<BinomialVanillaEngine<CoxRossRubinstein>>(process, 801));
  measure("CRR 801 steps", 20, [&](int call) {
    spot->setValue(90 + call % 20);
    return american.NPV();
  });
  return 0;
}
