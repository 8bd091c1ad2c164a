import BankCallbacks
import TestSupport
import Values

/// Messages of the declared dialects, and what the tests of all profiles have to know about each.
extension Providers {
    static func declared(_ profile: CallbackProfile) -> JSON {
        DeclaredMessages.content(
            profile,
            id: 14_422_574,
            amount: 115_000,
            reference: reference,
            account: account,
            at: Instant("2026-11-21T09:29:58+07:00")!
        )
    }

    /// What is read of the message that a profile signs.
    struct Reading {
        var transactionID = "14422574"
        var account: String?
        var time = true
        var reference: String? = Providers.reference
    }

    static func reading(_ profile: CallbackProfile) -> Reading {
        switch profile {
        case .standard, .timestamped, .rfc9421, .payos, .casso:
            Reading(transactionID: "FT1", account: account, reference: nil)
        case .sepay: Reading(account: account, reference: nil)
        case .momo: Reading(transactionID: "2345678901")
        case .zalopay: Reading(transactionID: "261121000000389")
        case .vietqr: Reading(account: account)
        case .keypay3: Reading(transactionID: reference, time: false)
        case .onepay, .viettel, .keypay, .appotapay, .shopeepay: Reading(time: false)
        default: Reading()
        }
    }

    /// The member that holds the amount, and another amount for it.
    static func amount(_ profile: CallbackProfile) -> (name: String, other: JSON) {
        switch profile {
        case .vnpay: ("vnp_Amount", "11500100")
        case .onepay: ("vpc_Amount", "11500100")
        case .sepay: ("transferAmount", 115_001)
        case .vnptpay: ("AMOUNT", 115_001)
        case .viettel, .keypay3: ("trans_amount", 115_001)
        case .keypay: ("net_cost", "115001")
        case .shopeepay: ("amount", 11_500_100)
        case .nationalPlatform: ("SoTien", 115_001)
        default: ("amount", 115_001)
        }
    }

    /// Whether a message comes by GET, with everything in the query.
    static func isByGET(_ profile: CallbackProfile) -> Bool { profile == .vnpay || profile == .onepay }

    /// Whether the time of signing is in the message, and may not be far from now.
    static let windowed: Set<CallbackProfile> = [.standard, .timestamped, .rfc9421, .sepay]

    /// Profiles whose senders want 200 whatever was wrong, and read what was in the answer.
    static let refusedWithOK: Set<CallbackProfile> = [
        .vnpay, .zalopay, .onepay, .vnptpay, .viettel, .keypay, .keypay3, .vietqr, .vietinbank, .appotapay,
        .nationalPlatform,
    ]

    /// What the signature of a dialect does not cover.
    static func unsigned(_ profile: CallbackProfile) -> Set<String> {
        switch profile {
        case .viettel: ["cust_msisdn", "error_code"]
        case .keypay3: ["status"]
        case .vietqr: ["referencenumber", "content", "bankAccount", "transType"]
        case .vietinbank: ["providerId"]
        default: []
        }
    }
}
