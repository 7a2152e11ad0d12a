//! The permissions in tokens of version 2, which spread them over three claims to be short: features in `fea`, names
//! of permissions in `o.per`, and in `o.fpm` for each feature a number whose bits say which of the names it has.

/// The permissions in full, `org:{feature}:{permission}`. `None` where `features` cannot be read: the bits stand in the
/// order of the features, so that to leave one out would give its permissions to the next.
pub(super) fn org_permissions(features: Option<&str>, names: Option<&str>, bits: Option<&str>) -> Option<Vec<String>> {
    let features = org_features(features.unwrap_or_default())?;
    let (Some(names), Some(bits)) = (non_empty(names), non_empty(bits)) else { return Some(Vec::new()) };
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    let mut permissions = Vec::new();
    for (feature, number) in features.iter().zip(bits.split(',')) {
        let mut digits = digits(number.trim());
        for name in &names {
            if halve(&mut digits) {
                permissions.push(format!("org:{feature}:{name}"));
            }
        }
    }
    Some(permissions)
}

/// The features of organizations, out of `o:articles,u:profile,uo:teams`.
fn org_features(features: &str) -> Option<Vec<&str>> {
    let parts = non_empty(Some(features)).into_iter().flat_map(|features| features.split(','));
    let scoped: Option<Vec<(&str, &str)>> = parts.map(|part| part.trim().split_once(':')).collect();
    let of_org = scoped?.into_iter().filter(|(scope, _)| matches!(*scope, "o" | "ou" | "uo"));
    Some(of_org.map(|(_, feature)| feature).collect())
}

/// A claim that is empty is one that is absent.
fn non_empty(claim: Option<&str>) -> Option<&str> {
    claim.filter(|claim| !claim.is_empty())
}

/// The digits of a decimal number, which may have more bits than any integer; of anything else none, which is zero.
fn digits(number: &str) -> Vec<u8> {
    let digits = number.bytes().map(|byte| byte.is_ascii_digit().then(|| byte - b'0'));
    digits.collect::<Option<Vec<u8>>>().unwrap_or_default()
}

/// Halves a number and answers its last bit.
fn halve(digits: &mut [u8]) -> bool {
    let mut remainder = 0;
    for digit in digits {
        let value = remainder * 10 + *digit;
        *digit = value / 2;
        remainder = value % 2;
    }
    remainder == 1
}

#[cfg(test)]
mod tests {
    use super::org_permissions;

    #[test]
    fn each_feature_has_the_names_whose_bits_are_set() {
        let permissions = org_permissions(Some("o:articles, u:profile,uo:teams"), Some("read, write"), Some("1,2"));
        assert_eq!(permissions.unwrap(), ["org:articles:read", "org:teams:write"]);
    }

    #[test]
    fn a_number_may_have_more_bits_than_an_integer() {
        let names: Vec<String> = (0..130).map(|at| format!("p{at}")).collect();
        // Two to the power of 129.
        let bits = "680564733841876926926749214863536422912";
        assert_eq!(org_permissions(Some("o:a"), Some(&names.join(",")), Some(bits)).unwrap(), ["org:a:p129"]);
    }

    #[test]
    fn what_cannot_be_read_permits_nothing() {
        assert_eq!(org_permissions(Some("o:a,broken"), Some("read"), Some("1,1")), None);
        assert_eq!(org_permissions(Some("o:a,o:b"), Some("read"), Some("-1,1")).unwrap(), ["org:b:read"]);
        assert_eq!(org_permissions(Some("o:a"), Some(""), Some("1")), Some(vec![]));
        assert_eq!(org_permissions(None, Some("read"), Some("1")), Some(vec![]));
        assert_eq!(org_permissions(Some("o:a"), Some("read"), None), Some(vec![]));
    }
}
