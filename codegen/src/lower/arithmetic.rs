//! The arithmetic of JavaScript, as far as TypeScript computes constants with it.

use super::constants::Value;
use swc_ecma_ast::{BinaryOp, UnaryOp};

/// How long a computed text may grow: it doubles with every `a + a`.
pub(super) const MAX_TEXT: usize = 1 << 16;

/// `-a`, `+a`, `~a` of a number.
pub(super) fn unary(op: UnaryOp, value: &Value) -> Option<Value> {
    let Value::Number(number) = *value else { return None };
    match op {
        UnaryOp::Minus => Some(Value::Number(-number)),
        UnaryOp::Plus => Some(Value::Number(number)),
        UnaryOp::Tilde => Some(Value::Number(f64::from(!to_int32(number)))),
        _ => None,
    }
}

/// `a op b` of numbers, and `a + b` where one is a text.
pub(super) fn binary(op: BinaryOp, left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => binary_numbers(op, *left, *right).map(Value::Number),
        (Value::Text(_), Value::Text(_) | Value::Number(_)) | (Value::Number(_), Value::Text(_))
            if op == BinaryOp::Add =>
        {
            concat(left.to_string(), right)
        }
        _ => None,
    }
}

/// A text with a value appended.
pub(super) fn concat(mut text: String, value: &Value) -> Option<Value> {
    text.push_str(&value.to_string());
    (text.len() <= MAX_TEXT).then_some(Value::Text(text))
}

fn binary_numbers(op: BinaryOp, left: f64, right: f64) -> Option<f64> {
    Some(match op {
        BinaryOp::Add => left + right,
        BinaryOp::Sub => left - right,
        BinaryOp::Mul => left * right,
        BinaryOp::Div => left / right,
        BinaryOp::Mod => left % right,
        BinaryOp::Exp => power(left, right),
        BinaryOp::BitOr => f64::from(to_int32(left) | to_int32(right)),
        BinaryOp::BitXor => f64::from(to_int32(left) ^ to_int32(right)),
        BinaryOp::BitAnd => f64::from(to_int32(left) & to_int32(right)),
        // The distance of a shift is taken modulo 32.
        BinaryOp::LShift => f64::from(to_int32(left).wrapping_shl(to_uint32(right))),
        BinaryOp::RShift => f64::from(to_int32(left).wrapping_shr(to_uint32(right))),
        BinaryOp::ZeroFillRShift => f64::from(to_uint32(left).wrapping_shr(to_uint32(right))),
        _ => return None,
    })
}

/// `**`, where JavaScript differs from IEEE 754: one to an infinite power is no number.
fn power(base: f64, exponent: f64) -> f64 {
    if base.abs() == 1.0 && exponent.is_infinite() || exponent.is_nan() { f64::NAN } else { base.powf(exponent) }
}

/// ECMAScript's `ToUint32`: the integral part modulo 2^32.
fn to_uint32(number: f64) -> u32 {
    const MODULUS: f64 = 4_294_967_296.0;
    if !number.is_finite() {
        return 0;
    }
    // In range by the remainder, so that the cast is exact.
    number.trunc().rem_euclid(MODULUS) as u32
}

/// ECMAScript's `ToInt32`.
fn to_int32(number: f64) -> i32 {
    to_uint32(number).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(op: BinaryOp, left: f64, right: f64) -> f64 {
        match binary(op, &Value::Number(left), &Value::Number(right)) {
            Some(Value::Number(number)) => number,
            other => panic!("no number: {other:?}"),
        }
    }

    #[test]
    fn bits_wrap_as_in_javascript() {
        assert_eq!(number(BinaryOp::LShift, 1.0, 31.0), -2_147_483_648.0);
        assert_eq!(number(BinaryOp::LShift, 1.0, 32.0), 1.0);
        assert_eq!(number(BinaryOp::ZeroFillRShift, -1.0, 0.0), 4_294_967_295.0);
        assert_eq!(number(BinaryOp::RShift, -8.0, 1.0), -4.0);
        assert_eq!(number(BinaryOp::BitOr, 4_294_967_297.5, 2.0), 3.0);
        assert_eq!(unary(UnaryOp::Tilde, &Value::Number(0.0)), Some(Value::Number(-1.0)));
    }

    #[test]
    fn numbers_compute() {
        assert_eq!(number(BinaryOp::Exp, 2.0, 10.0), 1024.0);
        assert!(number(BinaryOp::Exp, 1.0, f64::INFINITY).is_nan());
        assert_eq!(number(BinaryOp::Mod, -5.0, 3.0), -2.0);
        assert_eq!(number(BinaryOp::Div, 1.0, 4.0), 0.25);
    }

    #[test]
    fn texts_join() {
        let text = Value::Text("a".to_owned());
        assert_eq!(binary(BinaryOp::Add, &text, &Value::Number(1.5)), Some(Value::Text("a1.5".to_owned())));
        assert_eq!(binary(BinaryOp::Sub, &text, &text), None);
        let long = Value::Text("a".repeat(MAX_TEXT));
        assert_eq!(binary(BinaryOp::Add, &long, &text), None, "a text has a limit");
    }
}
