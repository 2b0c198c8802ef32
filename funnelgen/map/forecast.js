"use strict";
/**
 * The forecast in the browser: counts along a plan as funnelgen/measure/forecast.py does, in the same exact fractions, so
 * that no figure here can differ from one there. Rates are thousandths, amounts minor units, shares fractions.
 */
const funnelForecast = (() => {
  const WHOLE = 1000n;

  const gcd = (a, b) => (b ? gcd(b, a % b) : a);
  const fraction = (n, d = 1n) => {
    const common = gcd(n < 0n ? -n : n, d) || 1n;
    return { n: n / common, d: d / common };
  };
  const plus = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
  const times = (a, b) => fraction(a.n * b.n, a.d * b.d);
  const NONE = fraction(0n);
  const ALL = fraction(1n);

  /** To the nearest whole number, a half upwards; also below nought. */
  const rounded = ({ n, d }) => {
    const twice = 2n * n + d;
    const down = twice / (2n * d);
    return twice < 0n && twice % (2n * d) ? down - 1n : down;
  };

  /** The share of those on a page who take a way. */
  const chance = (way, rates) =>
    way.answers.reduce((all, [question, yes]) => {
      const rate = BigInt(rates[question]);
      return times(all, fraction(yes ? rate : WHOLE - rate, WHOLE));
    }, ALL);

  const ratio = (a, b) => (b.n ? rounded(fraction(a.n * b.d, a.d * b.n)) : null);

  /** What one visitor who takes the path brings: AOV, margin, and the share that takes each way. */
  function reckon(plan, rates) {
    const unpaid = plan.stops.map((_, number) => (number ? NONE : ALL));
    const paid = plan.stops.map(() => NONE);
    const shares = [];
    let [revenue, cost, orders] = [NONE, NONE, NONE];
    const earn = (share, way) => {
      revenue = plus(revenue, times(share, fraction(BigInt(way.value))));
      cost = plus(cost, times(share, fraction(BigInt(way.cost))));
      shares.push({ edge: way.edge, button: way.button, thousandths: rounded(times(share, fraction(WHOLE))) });
    };
    plan.stops.forEach((stop, number) => {
      const here = plus(unpaid[number], paid[number]);
      if (stop.extra) {
        const yes = chance(stop.extra, rates);
        earn(times(here, yes), stop.extra);
        const new_ = times(unpaid[number], yes);
        paid[number] = plus(paid[number], new_);
        unpaid[number] = plus(unpaid[number], fraction(-new_.n, new_.d));
      }
      for (const way of stop.ways) {
        const taken = chance(way, rates);
        earn(times(here, taken), way);
        if (way.pays) {
          paid[way.to] = plus(paid[way.to], times(here, taken));
        } else {
          unpaid[way.to] = plus(unpaid[way.to], times(unpaid[number], taken));
          paid[way.to] = plus(paid[way.to], times(paid[number], taken));
        }
      }
      if (!stop.ways.length) orders = plus(orders, paid[number]);
    });
    const left = plus(revenue, fraction(-cost.n, cost.d));
    return { aov: ratio(revenue, orders), margin: ratio(left, orders), shares };
  }

  /** The AOV as one question after another is asked: first of none, at last of all. */
  const steps = (plan, rates) =>
    [0, ...rates.map((_, number) => number + 1)].map(
      (asked) => reckon(plan, rates.map((rate, number) => (number < asked ? rate : 0))).aov,
    );

  /** Thousandths as percent: "30 %", "12.5 %". */
  const sayRate = (thousandths) => {
    const [whole, tenth] = [BigInt(thousandths) / 10n, BigInt(thousandths) % 10n];
    return tenth ? `${whole}.${tenth} %` : `${whole} %`;
  };

  /** Minor units as the site's visitors read them. `money` is how: signs, separators, the sizes of groups. */
  function sayAmount(minor, money) {
    if (minor === null) return "–";
    const digits = String(minor < 0n ? -minor : minor).padStart(money.decimals + 1, "0");
    const cut = digits.length - money.decimals;
    let whole = digits.slice(0, cut);
    const groups = [];
    if (whole.length >= money.least) {
      for (let size = money.first; whole.length > size; size = money.others) {
        groups.unshift(whole.slice(-size));
        whole = whole.slice(0, -size);
      }
    }
    const number = [whole, ...groups].join(money.group) + (money.decimals ? money.point + digits.slice(cut) : "");
    return (minor < 0n ? "−" : "") + money.before + number + money.after;
  }

  return { reckon, steps, sayRate, sayAmount };
})();
