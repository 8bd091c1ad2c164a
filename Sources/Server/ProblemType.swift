import Collection
import HTTPTypes
import Values

/// A kind of problem that the server reports: the last part of `type`, the status, and the title in both languages.
struct ProblemType {
    let name: String
    let status: HTTPResponse.Status
    let title: Phrase

    init(_ name: String, _ status: HTTPResponse.Status, vi: String, en: String) {
        self.name = name
        self.status = status
        title = Phrase(vi: vi, en: en)
    }

    /// The only place that maps a service error to its status and title.
    init(_ code: ServiceError.Code) {
        let (status, vi, en): (HTTPResponse.Status, String, String) =
            switch code {
            case .invalidBody: (.unprocessableContent, "Nội dung gửi lên có lỗi", "The body has faults")
            case .invalidParameter: (.badRequest, "Tham số không hợp lệ", "A parameter is not valid")
            case .notAssessable: (.unprocessableContent, "Không tính được số phải nộp", "This cannot be assessed")
            case .notFound: (.notFound, "Không tìm thấy", "Not found")
            case .unauthenticated: (.unauthorized, "Chưa xác thực", "Not authenticated")
            case .forbidden: (.forbidden, "Không được phép", "Not allowed")
            case .tooManyAttempts: (.tooManyRequests, "Thử quá nhiều lần", "Too many attempts")
            case .tooManyRequests: (.tooManyRequests, "Quá nhiều yêu cầu", "Too many requests")
            case .alreadyRunning: (.conflict, "Đang đối soát", "Already under way")
            case .secondFactorNeeded: (.forbidden, "Cần mã xác thực", "A second factor is needed")
            case .conflict: (.conflict, "Không thực hiện được ở trạng thái này", "Not possible in this state")
            case .idempotencyMismatch:
                (.unprocessableContent, "Idempotency-Key đã được dùng", "The idempotency key was used before")
            case .catalogueFaulty: (.unprocessableContent, "Danh mục có lỗi", "The catalogue has faults")
            case .statementRejected: (.unprocessableContent, "Sao kê có lỗi", "The statement has faults")
            case .tooLarge: (.contentTooLarge, "Nội dung gửi lên quá lớn", "The body is too large")
            case .overloaded: (.serviceUnavailable, "Hệ thống đang bận", "Too busy")
            case .databaseUnavailable:
                (.serviceUnavailable, "Không kết nối được cơ sở dữ liệu", "The database is unavailable")
            case .internalFailure: (.internalServerError, "Lỗi hệ thống", "Internal failure")
            }
        self.init(code.rawValue, status, vi: vi, en: en)
    }

    // Problems found before any use case is called.
    static let methodNotAllowed = ProblemType(
        "method-not-allowed",
        .methodNotAllowed,
        vi: "Phương thức không được hỗ trợ",
        en: "Method not allowed"
    )
    static let malformedBody = ProblemType(
        "malformed-body",
        .badRequest,
        vi: "Không đọc được nội dung gửi lên",
        en: "The body cannot be read"
    )
    static let notJSON = ProblemType(
        "unsupported-media-type",
        .unsupportedMediaType,
        vi: "Nội dung không phải JSON",
        en: "The body is not JSON"
    )
    static let slowBody = ProblemType(
        "body-too-slow",
        .requestTimeout,
        vi: "Nội dung gửi lên quá chậm",
        en: "The body came too slowly"
    )
    static let amountDiffers = ProblemType(
        "amount-differs",
        .conflict,
        vi: "Số phải nộp qua kênh này khác",
        en: "The amount due by this channel differs"
    )
    static let notReady = ProblemType("not-ready", .serviceUnavailable, vi: "Chưa sẵn sàng", en: "Not ready")

    /// A request that the HTTP library could not read.
    static func badRequest(_ status: HTTPResponse.Status) -> ProblemType {
        ProblemType("bad-request", status, vi: "Không đọc được yêu cầu", en: "The request cannot be read")
    }
}
