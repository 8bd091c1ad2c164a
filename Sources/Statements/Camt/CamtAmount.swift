import Values

/// An amount as written in an element.
struct CamtAmount {
    let digits: String
    let currency: String

    /// The amount in minor units, unsigned. ISO 20022 allows five decimal places.
    var money: Money? {
        StatementAmount.parse(
            digits,
            exponent: StatementAmount.exponent(of: currency),
            places: 5,
            point: UInt8(ascii: "."),
            allowsSign: false
        )
    }
}
