//! What upstream's class `User` answers with accessors, for the class and for the wire.

use crate::api::resources::email_address::EmailAddress;
use crate::api::resources::json::{EmailAddressJson, PhoneNumberJson, UserJson, Web3WalletJson};
use crate::api::resources::phone_number::PhoneNumber;
use crate::api::resources::user::User;
use crate::api::resources::web3_wallet::Web3Wallet;

/// The accessors, for a user and the types of what belongs to it.
macro_rules! user_accessors {
    ($user:ident, $email_address:ident, $phone_number:ident, $web3_wallet:ident) => {
        impl $user {
            /// First and last name with a space between them; `None` where there is neither.
            pub fn full_name(&self) -> Option<String> {
                let first = self.first_name.as_deref().unwrap_or_default();
                let last = self.last_name.as_deref().unwrap_or_default();
                let joined = format!("{first} {last}");
                Some(joined.trim()).filter(|name| !name.is_empty()).map(str::to_owned)
            }

            /// The primary email address of the user.
            pub fn primary_email_address(&self) -> Option<&$email_address> {
                let id = self.primary_email_address_id.as_ref()?;
                self.email_addresses.iter().find(|address| address.id.as_ref() == Some(id))
            }

            /// The primary phone number of the user.
            pub fn primary_phone_number(&self) -> Option<&$phone_number> {
                let id = self.primary_phone_number_id.as_ref()?;
                self.phone_numbers.iter().find(|number| number.id.as_ref() == Some(id))
            }

            /// The primary web3 wallet of the user.
            pub fn primary_web3_wallet(&self) -> Option<&$web3_wallet> {
                let id = self.primary_web3_wallet_id.as_ref()?;
                self.web3_wallets.iter().find(|wallet| wallet.id.as_ref() == Some(id))
            }
        }
    };
}

user_accessors!(User, EmailAddress, PhoneNumber, Web3Wallet);
user_accessors!(UserJson, EmailAddressJson, PhoneNumberJson, Web3WalletJson);
