// Exact fractions, and the rounding of shares: halves go up, as the engine does.

const TEN = 10n;

function common(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a || 1n;
}

export class Rate {
  private constructor(
    readonly above: bigint,
    readonly below: bigint,
  ) {}

  static of(above: bigint | number, below: bigint | number = 1n): Rate {
    const [a, b] = [BigInt(above), BigInt(below)];
    const divisor = common(a, b);
    return new Rate(a / divisor, b / divisor);
  }

  /** `0.22`, `120` or `1/3`. */
  static parse(text: string): Rate {
    const [above = '', below] = text.split('/');
    if (below !== undefined) return Rate.of(BigInt(above), BigInt(below));
    const places = above.split('.')[1]?.length ?? 0;
    return Rate.of(BigInt(above.replace('.', '')), TEN ** BigInt(places));
  }

  plus(other: Rate): Rate {
    return Rate.of(this.above * other.below + other.above * this.below, this.below * other.below);
  }

  minus(other: Rate): Rate {
    return this.plus(Rate.of(-other.above, other.below));
  }

  times(other: Rate): Rate {
    return Rate.of(this.above * other.above, this.below * other.below);
  }

  isAbove(other: Rate): boolean {
    return this.above * other.below > other.above * this.below;
  }

  least(other: Rate): Rate {
    return this.isAbove(other) ? other : this;
  }

  /** So much of an amount in whole đồng that is not below zero, halves rounded up. */
  share(amount: number): number {
    return Number((BigInt(amount) * this.above + this.below / 2n) / this.below);
  }

  /** In units of the last decimal, with so many of them; none for a fraction that does not end. */
  decimal(shift: number): [scaled: bigint, places: number] | undefined {
    const shifted = this.above * TEN ** BigInt(shift);
    for (let places = 0, scale = 1n; places <= 15; places++, scale *= TEN)
      if ((shifted * scale) % this.below === 0n) return [(shifted * scale) / this.below, places];
    return undefined;
  }

  toString(): string {
    const decimal = this.decimal(0);
    if (!decimal) return `${this.above}/${this.below}`;
    const [scaled, places] = decimal;
    if (places === 0) return String(scaled);
    const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, '0');
    return `${scaled < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
