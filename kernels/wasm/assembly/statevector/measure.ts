// Sums of Pauli words. Words that flip the same bits share a pass: they differ in signs alone. With u = conj(ψ_{i⊕flip})·ψ_i, a
// word with an even number of Y needs Re u, one with an odd number Im u. Of two partners one is looked at, for u has the other's
// conjugate as its partner's.

import {
  COMPLEX,
  GROUP_COUNT,
  GROUP_ENTRY,
  GROUP_FLIP,
  GROUP_LANE_FLIP,
  GROUP_WORDS,
  GROUPS,
  GROUPS_COUNT,
  SCRATCH_TABLES,
  SUMS_STRIDE,
  WEIGHTS_STRIDE,
  WORD_ENTRY,
  WORD_INDEX,
  WORD_LANE_SIGN,
  WORD_OUTER_SIGN,
  WORD_POWER,
  WORD_SIGN,
} from '../../statevector/layout';
import { difference, sum } from '../products';
import { entry, flipLanes, job, lanes, next, odd, place, Run, signBit } from './run';

/** Vectors whose densities are summed together. An amplitude-minor state has 16 at least. */
const NEIGHBOURS: usize = 8;

// @ts-ignore: decorator
@inline
function addTo<T>(to: usize, v: v128): void {
  if (sizeof<T>() == 8) v128.store(to, f64x2.add(v128.load(to), v));
  else {
    const wide = f64x2.add(
      f64x2.promote_low_f32x4(v),
      f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 0, 1)),
    );
    v128.store(to, f64x2.add(v128.load(to), wide));
  }
}

/** The highest bit set, 0 for 0. */
// @ts-ignore: decorator
@inline
function highest(bits: usize): usize {
  return bits == 0 ? 0 : <usize>1 << (31 - clz(<u32>bits));
}

/** |ψ|². */
// @ts-ignore: decorator
@inline
function density<T>(p: usize): v128 {
  const re = v128.load(p);
  const im = v128.load(p, 16);
  return sum<T>(re, re, im, im);
}

/**
 * Words that flip nothing, amplitude-minor. Of eight neighbours all eight sums with signs are formed at once (Walsh and Hadamard),
 * so that a word costs an addition for eight vectors.
 */
function measureDensities<T>(begin: usize, end: usize, words: usize, wordsEnd: usize, sums: usize): void {
  const hold = Run.scratch + place(SCRATCH_TABLES);
  for (let at = begin; at < end; at += NEIGHBOURS * COMPLEX) {
    const p = Run.psi + at;
    let a = density<T>(p);
    let b = density<T>(p + COMPLEX);
    let c = density<T>(p + 2 * COMPLEX);
    let d = density<T>(p + 3 * COMPLEX);
    let e = v128.add<T>(a, b);
    let f = v128.sub<T>(a, b);
    let g = v128.add<T>(c, d);
    let h = v128.sub<T>(c, d);
    const s0 = v128.add<T>(e, g);
    const s1 = v128.add<T>(f, h);
    const s2 = v128.sub<T>(e, g);
    const s3 = v128.sub<T>(f, h);
    a = density<T>(p + 4 * COMPLEX);
    b = density<T>(p + 5 * COMPLEX);
    c = density<T>(p + 6 * COMPLEX);
    d = density<T>(p + 7 * COMPLEX);
    e = v128.add<T>(a, b);
    f = v128.sub<T>(a, b);
    g = v128.add<T>(c, d);
    h = v128.sub<T>(c, d);
    a = v128.add<T>(e, g);
    b = v128.add<T>(f, h);
    c = v128.sub<T>(e, g);
    d = v128.sub<T>(f, h);
    v128.store(hold, v128.add<T>(s0, a));
    v128.store(hold, v128.add<T>(s1, b), 16);
    v128.store(hold, v128.add<T>(s2, c), 32);
    v128.store(hold, v128.add<T>(s3, d), 48);
    v128.store(hold, v128.sub<T>(s0, a), 64);
    v128.store(hold, v128.sub<T>(s1, b), 80);
    v128.store(hold, v128.sub<T>(s2, c), 96);
    v128.store(hold, v128.sub<T>(s3, d), 112);
    for (let word = words; word < wordsEnd; word += WORD_ENTRY) {
      const signs: usize = load<u32>(word, WORD_SIGN);
      const outside = Run.outer & load<i32>(word, WORD_OUTER_SIGN);
      let v = v128.load(hold + (((signs / COMPLEX) % NEIGHBOURS) << 4));
      v = v128.xor(v, v128.and(lanes<T>(load<i32>(word, WORD_LANE_SIGN)), signBit<T>()));
      if (odd(at & signs) != odd(outside)) v = v128.neg<T>(v);
      addTo<T>(sums + (<usize>load<u32>(word, WORD_INDEX) << 4), v);
    }
  }
}

/**
 * Adds to the sums of all words what the offsets in [begin, end) contribute. Amplitude-minor: 16 bytes a word, two float64 sums;
 * batch-minor: a vector of samples for word and vector.
 */
export function measure<T>(begin: usize, end: usize, sums: usize): void {
  const groups: usize = place(GROUPS);
  const stride: usize = place(SUMS_STRIDE);
  for (let g = 0; g < job(GROUPS_COUNT); g++) {
    const group = groups + g * GROUP_ENTRY;
    const flip: usize = load<u32>(group, GROUP_FLIP);
    const laneFlip = load<i32>(group, GROUP_LANE_FLIP);
    const words: usize = load<u32>(group, GROUP_WORDS);
    const wordsEnd = words + load<i32>(group, GROUP_COUNT) * WORD_ENTRY;
    if (!Run.batchMinor && flip == 0 && laneFlip == 0) {
      measureDensities<T>(begin, end, words, wordsEnd, sums);
      continue;
    }
    const skipped = highest(flip);
    let from = Run.psi;
    for (let w: usize = 0; w < Run.vectors; w++, from += COMPLEX) {
      for (let at = begin; at < end; at = next(at, 0, Run.unit)) {
        if (at & skipped) continue;
        const p = from + at;
        const q = from + (at ^ flip);
        const re = v128.load(p);
        const im = v128.load(p, 16);
        let otherRe = v128.load(q);
        let otherIm = v128.load(q, 16);
        if (laneFlip) {
          otherRe = flipLanes<T>(otherRe, laneFlip);
          otherIm = flipLanes<T>(otherIm, laneFlip);
        }
        const real = sum<T>(otherRe, re, otherIm, im);
        const imaginary = difference<T>(otherRe, im, otherIm, re);
        for (let word = words; word < wordsEnd; word += WORD_ENTRY) {
          let v = load<i32>(word, WORD_POWER) & 1 ? imaginary : real;
          v = v128.xor(v, v128.and(lanes<T>(load<i32>(word, WORD_LANE_SIGN)), signBit<T>()));
          const outside = Run.outer & load<i32>(word, WORD_OUTER_SIGN);
          if (odd(at & load<u32>(word, WORD_SIGN)) != odd(outside)) v = v128.neg<T>(v);
          const index: usize = load<u32>(word, WORD_INDEX);
          if (Run.batchMinor) {
            const to = sums + index * stride + (w << 4);
            v128.store(to, v128.add<T>(v128.load(to), v));
          } else addTo<T>(sums + (index << 4), v);
        }
      }
    }
  }
}

/** λ ← Σ weight · P|ψ⟩ for the offsets in [begin, end). `weights`: of the sample, or of the block's first vector. */
export function fillCostate<T>(begin: usize, end: usize, weights: usize): void {
  const stride: usize = place(WEIGHTS_STRIDE);
  const groups: usize = place(GROUPS);
  const count = job(GROUPS_COUNT);
  const apart = Run.costate - Run.psi;
  const step: usize = Run.batchMinor ? 16 : 0;
  const perWord: usize = Run.batchMinor ? stride : sizeof<T>();
  for (let w: usize = 0; w < Run.vectors; w++) {
    const from = Run.psi + w * COMPLEX;
    for (let at = begin; at < end; at = next(at, 0, Run.unit)) {
      let toRe = v128.splat<T>(0);
      let toIm = v128.splat<T>(0);
      for (let g = 0; g < count; g++) {
        const group = groups + g * GROUP_ENTRY;
        const laneFlip = load<i32>(group, GROUP_LANE_FLIP);
        const source = at ^ <usize>load<u32>(group, GROUP_FLIP);
        let re = v128.load(from + source);
        let im = v128.load(from + source, 16);
        let cr = v128.splat<T>(0);
        let ci = v128.splat<T>(0);
        const words: usize = load<u32>(group, GROUP_WORDS);
        const wordsEnd = words + load<i32>(group, GROUP_COUNT) * WORD_ENTRY;
        for (let word = words; word < wordsEnd; word += WORD_ENTRY) {
          let v = entry<T>(weights + <usize>load<u32>(word, WORD_INDEX) * perWord, step, w);
          v = v128.xor(v, v128.and(lanes<T>(load<i32>(word, WORD_LANE_SIGN)), signBit<T>()));
          const power = load<i32>(word, WORD_POWER);
          if (odd(source & load<u32>(word, WORD_SIGN)) != (power >= 2)) v = v128.neg<T>(v);
          if (power & 1) ci = v128.add<T>(ci, v);
          else cr = v128.add<T>(cr, v);
        }
        // the signs are those of the lane that an amplitude comes from
        const tr = difference<T>(cr, re, ci, im);
        const ti = sum<T>(cr, im, ci, re);
        toRe = v128.add<T>(toRe, laneFlip ? flipLanes<T>(tr, laneFlip) : tr);
        toIm = v128.add<T>(toIm, laneFlip ? flipLanes<T>(ti, laneFlip) : ti);
      }
      v128.store(from + at + apart, toRe);
      v128.store(from + at + apart, toIm, 16);
    }
  }
}
