public import FeeSchedule
public import Values

extension CounterPayments {
    /// What a counter reports.
    public struct Taken: Sendable {
        public var request: RequestName
        public var channel: Channel
        public var amount: Money
        public var receiptNumber: String?
        /// The cash that the payer handed over, at least ``amount``; the rest is the change. `nil` if nobody says.
        public var tendered: Money?

        public init(
            _ request: RequestName,
            by channel: Channel,
            amount: Money,
            receiptNumber: String? = nil,
            tendered: Money? = nil
        ) {
            self.request = request
            self.channel = channel
            self.amount = amount
            self.receiptNumber = receiptNumber
            self.tendered = tendered
        }

        /// Reads the body of `POST /v1/counter-payments`.
        public init(_ json: JSON) throws {
            var body = BodyReader(json)
            let request = body.requestName("payment_request_id")
            let channel = Channel(rawValue: body.text("channel", 1...30)).flatMap { $0 == .online ? nil : $0 }
            if channel == nil, body.isGiven("channel") {
                body.fault("/channel", .oneOf(["counter_cash", "counter_card", "counter_qr", "counter_transfer"]))
            }
            let amount = body.integer("amount", 1...Money.maximum.dong, BodyReader.wholeDong)
            let tendered = body.optionalInteger("tendered", 1...Money.maximum.dong, BodyReader.wholeDong)
            if tendered != nil, let channel, channel != .counterCash {
                body.fault("/tendered", Phrase(vi: "chỉ có khi thu tiền mặt", en: "is for cash alone"))
            }
            receiptNumber = body.optionalText("receipt_number", 50)
            try body.finish()
            guard let request, let channel, let amount else {
                throw ServiceError(
                    .invalidBody,
                    Phrase(vi: "Không đọc được nội dung gửi lên.", en: "The body cannot be read.")
                )
            }
            self.request = request
            self.channel = channel
            self.amount = Money(amount)
            self.tendered = tendered.map { Money($0) }
        }
    }
}
