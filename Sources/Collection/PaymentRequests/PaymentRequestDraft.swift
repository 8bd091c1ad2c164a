public import Casework
public import FeeSchedule
public import Values
import Workflow

/// A payment request to be created.
public struct PaymentRequestDraft: Sendable {
    public var dossierCode: String
    public var assessment: AssessmentRequest
    /// The assessment day named in the body; if none is named, the assessment is of today.
    public private(set) var namedDay: Day?
    public var payerName: String?
    /// The evidence for the payer's category.
    public var payerEvidence: PayerEvidence?
    /// Seconds until it expires.
    public var expiresIn: Int64
    public var returnURL: String?
    /// Where the payer wants to be told of it.
    public var contacts: [WantedContact] = []

    /// A day, unless the portal asks for another expiry.
    public static let defaultExpirySeconds: Int64 = 86_400
    public static let maximumExpirySeconds: Int64 = 30 * 86_400

    /// Reads the body of `POST /v1/payment-requests`; reports every fault with its JSON pointer.
    public init(_ json: JSON, today: Day) throws {
        var body = BodyReader(json)
        dossierCode = body.text("dossier_code", 1...100)
        (assessment, namedDay) = PaymentRequestDraft.assessment(&body, today: today)
        (payerName, payerEvidence) = (nil, nil)
        if let payer = body.optionalObject("payer") {
            assessment.payerCategory = body.optionalText("category", 64, in: payer, under: "/payer")
            payerName = body.optionalText("name", 200, in: payer, under: "/payer")
            payerEvidence = PaymentRequestDraft.evidence(&body, of: payer)
        }
        expiresIn =
            body.optionalInteger(
                "expires_in",
                1...PaymentRequestDraft.maximumExpirySeconds,
                Phrase(vi: "số giây, tối đa 30 ngày", en: "seconds, at most 30 days")
            )
            ?? PaymentRequestDraft.defaultExpirySeconds
        returnURL = body.optionalText("return_url", 2000)
        if let url = returnURL, ReturnURL(url) == nil { body.fault("/return_url", ReturnURL.form) }
        contacts = WantedContact.read(&body)
        try body.finish()
    }

    /// The same again, at the prices of today and with the time that the first one had.
    init(renewing old: PaymentRequest, today: Day) {
        dossierCode = old.dossierCode
        assessment = old.assessmentRequest(channel: old.channel, on: today)
        (payerName, payerEvidence, returnURL) = (old.payerName, old.payerEvidence, old.returnURL)
        let lifetime = old.expiresAt.unixSeconds - old.createdAt.unixSeconds
        expiresIn = min(
            max(lifetime, PaymentRequestDraft.defaultExpirySeconds),
            PaymentRequestDraft.maximumExpirySeconds
        )
    }

    /// Reads the body of `POST /v1/quotes`; the other members of a payment request are accepted, so that one body
    /// serves both.
    ///
    /// Nothing is owed because of a quote, so any day may be named.
    public static func quote(_ json: JSON, today: Day) throws -> AssessmentRequest {
        var body = BodyReader(json)
        var (assessment, _) = assessment(&body, today: today)
        if let payer = body.optionalObject("payer") {
            assessment.payerCategory = body.optionalText("category", 64, in: payer, under: "/payer")
            body.know("name", "evidence", in: payer, under: "/payer")
        }
        body.know("dossier_code", "expires_in", "return_url", "notify")
        try body.finish()
        return assessment
    }

    private static func assessment(_ body: inout BodyReader, today: Day) -> (AssessmentRequest, namedDay: Day?) {
        let agency = body.text("agency_code", 1...64)
        let procedure = body.text("procedure_code", 1...64)
        let channels = Channel.allCases.map(\.rawValue)
        let channel = Channel(rawValue: body.text("channel", 1...30))
        if channel == nil, body.isGiven("channel") { body.fault("/channel", .oneOf(channels)) }
        let named = body.optionalDay("assessed_on")
        let request = AssessmentRequest(
            agencyCode: agency,
            procedureCode: procedure,
            items: items(&body),
            channel: channel ?? .online,
            day: named ?? today
        )
        return (request, named)
    }

    private static func evidence(_ body: inout BodyReader, of payer: JSON) -> PayerEvidence? {
        let path = "/payer/evidence"
        body.know("evidence", in: payer, under: "/payer")
        guard let given = payer["evidence"], !given.isNull else { return nil }
        guard given.members != nil else {
            body.fault(path, Phrase(vi: "phải là một đối tượng JSON", en: "must be an object"))
            return nil
        }
        let name = body.text("kind", 1...64, in: given, under: path)
        let kind = EvidenceKind(rawValue: name)
        if kind == nil, !name.isEmpty { body.fault(path + "/kind", .oneOf(EvidenceKind.allCases.map(\.rawValue))) }
        let number = body.text("number", 1...200, in: given, under: path)
        guard let kind, !number.isEmpty else { return nil }
        let evidence = PayerEvidence(kind, number: number)
        if evidence == nil {
            body.fault(
                path + "/number",
                Phrase(vi: "phải có từ 1 đến 64 ký tự in được", en: "must have 1 to 64 printable characters")
            )
        }
        return evidence
    }

    private static func items(_ body: inout BodyReader) -> [AssessmentRequest.Item]? {
        body.know("items")
        guard let value = body.json["items"], !value.isNull else { return nil }
        guard let items = value.array else {
            body.fault(
                "/items",
                Phrase(
                    vi: "phải là danh sách {fee_code, quantity, base_amount?}",
                    en: "must be a list of {fee_code, quantity, base_amount?}"
                )
            )
            return nil
        }
        return items.prefix(AssessmentRequest.maximumItems + 1).enumerated().map { index, item in
            let path = "/items/\(index)"
            let code = body.text("fee_code", 1...64, in: item, under: path)
            let quantity =
                body.optionalInteger(
                    "quantity",
                    1...AssessmentRequest.maximumQuantity,
                    Phrase(vi: "số nguyên", en: "a whole number"),
                    in: item,
                    under: path
                ) ?? 1
            let base = body.optionalInteger(
                "base_amount",
                0...Money.maximum.dong,
                BodyReader.wholeDong,
                in: item,
                under: path
            )
            return AssessmentRequest.Item(feeCode: code, quantity: quantity, baseAmount: base.map(Money.init))
        }
    }

    /// The items as they are kept, to assess the request again.
    static func json(_ items: [AssessmentRequest.Item]?) -> JSON? {
        items.map { items in
            .array(
                items.map { item in
                    var members: [JSON.Member] = [
                        .init("fee_code", .string(item.feeCode)), .init("quantity", .integer(item.quantity)),
                    ]
                    if let base = item.baseAmount { members.append(.init("base_amount", .money(base))) }
                    return .object(members)
                }
            )
        }
    }

    static func items(_ json: JSON?) -> [AssessmentRequest.Item]? {
        json?.array?.map { item in
            AssessmentRequest.Item(
                feeCode: item["fee_code"]?.string ?? "",
                quantity: item["quantity"]?.integer ?? 1,
                baseAmount: item["base_amount"]?.integer.map(Money.init)
            )
        }
    }
}
