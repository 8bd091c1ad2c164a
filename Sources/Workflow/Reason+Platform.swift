public import Values

/// What a row of the national payment platform's daily file, or a payment that it should have, is beside the books.
extension Reason {
    /// Payment, platform and bank say the same.
    public static func platformAgrees(_ transaction: String, amount: Money) -> Reason {
        Reason(.platformAgrees, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    /// Neither the platform nor the books have it as paid.
    public static func platformNotPaid(_ code: String) -> Reason { Reason(.platformNotPaid, [.reference: .text(code)]) }

    public static func platformBankAwaited(_ transaction: String, amount: Money) -> Reason {
        Reason(.platformBankAwaited, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    public static func platformBankMissing(_ transaction: String, amount: Money) -> Reason {
        Reason(.platformBankMissing, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    /// - Parameter day: whose file may have it: it was paid around midnight.
    public static func platformInNextFile(_ transaction: String, _ day: Day) -> Reason {
        Reason(.platformInNextFile, [.transaction: .text(transaction), .day: .day(day)])
    }

    /// - Parameters:
    ///   - number: of the row in its file.
    ///   - field: that could not be read.
    public static func platformRowUnreadable(_ number: Int, field: String) -> Reason {
        Reason(.platformRowUnreadable, [.lineID: .count(Int64(number)), .name: .text(field)])
    }

    /// - Parameter code: MaThamChieu, which was never given out here.
    public static func platformRowUnknown(_ code: String, amount: Money) -> Reason {
        Reason(.platformRowUnknown, [.reference: .text(code), .amount: .money(amount)])
    }

    public static func platformRowRepeated(_ transaction: String, amount: Money) -> Reason {
        Reason(.platformRowRepeated, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    /// The platform has it as paid, and no CONFIRM came.
    public static func platformRowUnheard(_ transaction: String, code: String, amount: Money) -> Reason {
        Reason(
            .platformRowUnheard,
            [.transaction: .text(transaction), .reference: .text(code), .amount: .money(amount)]
        )
    }

    public static func platformAmountDiffers(_ transaction: String, found: Money, expected: Money) -> Reason {
        Reason(
            .platformAmountDiffers,
            [.transaction: .text(transaction), .found: .money(found), .expected: .money(expected)]
        )
    }

    /// - Parameters:
    ///   - transaction: of the file.
    ///   - other: that the payment was reported with.
    public static func platformTransactionDiffers(_ transaction: String, other: String, code: String) -> Reason {
        Reason(
            .platformTransactionDiffers,
            [.transaction: .text(transaction), .name: .text(other), .reference: .text(code)]
        )
    }

    public static func platformSaysUnpaid(_ transaction: String, amount: Money) -> Reason {
        Reason(.platformSaysUnpaid, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    /// - Parameter day: of the file that ought to have it.
    public static func platformRowMissing(_ transaction: String, amount: Money, _ day: Day) -> Reason {
        Reason(.platformRowMissing, [.transaction: .text(transaction), .amount: .money(amount), .day: .day(day)])
    }

    /// - Parameter at: when it was begun.
    public static func platformNeverAnswered(_ code: String, amount: Money, at: Instant) -> Reason {
        Reason(.platformNeverAnswered, [.reference: .text(code), .amount: .money(amount), .at: .instant(at)])
    }
}
