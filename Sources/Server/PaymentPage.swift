import Collection
import FeeSchedule
import PaymentQR
import Values
import Workflow

/// The texts of the payment page, ready to show.
struct PaymentPage {
    struct Line {
        let nameVi: String
        let nameEn: String
        let quantity: String
        let list: String
        let rules: [String]
    }

    let reference: String
    let dossierCode: String
    let agencyVi: String
    let agencyEn: String
    let procedureVi: String
    let procedureEn: String
    /// The amount shown: what remains while the request can be paid, afterwards the amount due.
    let asked: String
    let due: String
    let list: String
    let takenOff: String
    let hasTakenOff: Bool
    let received: String
    let hasReceived: Bool
    let remaining: String
    let excess: String
    let hasExcess: Bool
    let lines: [Line]
    /// The bank's name, and the BIN that some apps ask for.
    let bank: String
    let accountNumber: String
    let accountName: String
    let expiresAt: String
    let paidAt: String
    let isPending: Bool
    /// Whether money that arrives still counts: an expired request may be paid within its grace period.
    let isPayable: Bool
    let isPaid: Bool
    let isEnded: Bool
    let statusVi: String
    let statusEn: String
    /// The QR code as SVG, drawn from our own payload.
    let qr: String
    let hasQR: Bool
    let returnURL: String
    let hasReturn: Bool

    init(_ request: PaymentRequest, agency: AgencyRow?, procedure: ProcedureRow?, now: Instant) {
        let status = request.status(at: now)
        reference = request.reference
        dossierCode = request.dossierCode
        agencyVi = agency?.nameVi ?? request.agencyCode
        agencyEn = agency?.nameEn ?? request.agencyCode
        procedureVi = procedure?.nameVi ?? request.procedureCode
        procedureEn = procedure?.nameEn ?? request.procedureCode
        asked = (status == .pending ? request.amountRemaining : request.amountDue).formatted
        due = request.amountDue.formatted
        let listed = (request.lines.array ?? []).compactMap { $0["list_amount"]?.integer.map(Money.init) }.total()
        list = listed.formatted
        takenOff = (listed - request.amountDue).formatted
        hasTakenOff = listed > request.amountDue
        received = request.amountKept.formatted
        hasReceived = request.amountKept > .zero
        remaining = request.amountRemaining.formatted
        excess = (request.amountKept - request.amountDue).formatted
        hasExcess = request.amountKept > request.amountDue
        lines = (request.lines.array ?? []).map(PaymentPage.line)
        bank = BankNames.name(bin: request.bankBIN).map { "\($0) (\(request.bankBIN))" } ?? request.bankBIN
        accountNumber = request.accountNumber
        accountName = request.accountName
        expiresAt = request.expiresAt.formatted
        paidAt = request.paidAt?.formatted ?? ""
        isPending = status == .pending
        isPayable = status == .pending || status == .expired || status == .paid
        isPaid = status == .paid
        isEnded = !isPending && !isPaid
        (statusVi, statusEn) =
            switch status {
            case .pending: ("Chờ thanh toán", "Waiting for payment")
            case .paid: ("Đã thanh toán", "Paid")
            case .expired: ("Đã hết hạn", "Expired")
            case .cancelled: ("Đã hủy", "Cancelled")
            case .partiallyRefunded: ("Đã hoàn một phần", "Partly refunded")
            case .refunded: ("Đã hoàn phí", "Refunded")
            }
        let code = request.qrPayload(at: now).flatMap { QRCode($0) }
        qr = code?.svg ?? ""
        hasQR = code != nil
        returnURL = request.returnURL ?? ""
        hasReturn = request.returnURL != nil
    }

    private static func line(_ json: JSON) -> Line {
        func money(_ name: String) -> String { Money(json[name]?.integer ?? 0).formatted }
        let quantity = json["quantity"]?.integer ?? 1
        return Line(
            nameVi: json["name_vi"]?.string ?? "",
            nameEn: json["name_en"]?.string ?? "",
            quantity: quantity == 1 ? "" : "× \(quantity)",
            list: money("list_amount"),
            rules: (json["applied"]?.array ?? []).compactMap { AssessedLines.reason(ofRule: $0)?.phrase }.map {
                "\($0[.vietnamese]) / \($0[.english])"
            }
        )
    }
}
