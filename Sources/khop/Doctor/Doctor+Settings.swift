import Collection
import Foundation
import Postgres
import Server
import Values

extension Doctor {
    /// Settings that weaken the installation.
    func settingsFindings() -> [Finding] {
        [publicURLFinding(), proxyFinding(), transportFinding(), witnessFinding(), nameFinding(), receiptFinding()]
            + [userFinding()]
    }

    /// Behind a proxy that is not trusted, all callers have its address, and one that guesses keeps out the others.
    private func proxyFinding() -> Finding {
        let isPublic = WebAddress(settings.publicURL).map { $0.isSecure && !$0.isLoopback } ?? false
        guard isPublic, settings.trustedProxies.isEmpty else {
            return .ok(
                "proxies",
                isPublic
                    ? Phrase(vi: "có khai báo proxy tin cậy", en: "the proxies that are trusted are named")
                    : Phrase(vi: "không cần proxy", en: "no proxy is needed")
            )
        }
        return .weak(
            "proxies",
            Phrase(
                vi: "không khai báo proxy nào: mọi người gọi có cùng địa chỉ của proxy, giới hạn tính chung cho tất cả",
                en: "no proxy is named: all callers have the proxy's address, and limits count them together"
            ),
            advice: Phrase(
                vi: "đặt KHOP_TRUSTED_PROXIES là địa chỉ của proxy",
                en: "set KHOP_TRUSTED_PROXIES to the proxy's address"
            )
        )
    }

    private func nameFinding() -> Finding {
        guard settings.installation.name == nil else {
            return .ok("province_name", Phrase(vi: "có tên cơ quan", en: "the installation has its name"))
        }
        return .weak(
            "province_name",
            Phrase(
                vi: "chưa có tên tỉnh: trang thanh toán không cho biết nộp cho ai, biên bản để trống tên cơ quan",
                en: "the province has no name: payers do not see whom they pay, and records leave it to the pen"
            ),
            advice: Phrase(vi: "đặt KHOP_PROVINCE_NAME", en: "set KHOP_PROVINCE_NAME")
        )
    }

    private func receiptFinding() -> Finding {
        guard settings.receiptKey == nil || settings.receiptCertificate == nil else {
            return .ok("receipts", Phrase(vi: "biên lai được ký số", en: "receipts are signed"))
        }
        return .weak(
            "receipts",
            Phrase(vi: "biên lai chưa được ký số", en: "receipts are not signed"),
            advice: Phrase(
                vi: "đặt KHOP_RECEIPT_KEY và KHOP_RECEIPT_CERTIFICATE; xem docs/receipts.md",
                en: "set KHOP_RECEIPT_KEY and KHOP_RECEIPT_CERTIFICATE; see docs/receipts.md"
            )
        )
    }

    private func userFinding() -> Finding {
        guard geteuid() == 0 else {
            return .ok("user", Phrase(vi: "không chạy bằng root", en: "it does not run as root"))
        }
        return .weak(
            "user",
            Phrase(
                vi: "đang chạy bằng root: tệp tạo ra thuộc về root, dịch vụ có thể không đọc được",
                en: "this runs as root: what it makes is root's, and the service may not read it"
            ),
            advice: Phrase(
                vi: "chạy bằng người dùng của dịch vụ: sudo -u khop",
                en: "run it as the service's user: sudo -u khop"
            )
        )
    }

    private func publicURLFinding() -> Finding {
        guard let url = WebAddress(settings.publicURL), !url.isLoopback else {
            return .weak(
                "public_url",
                Phrase(
                    vi: "địa chỉ công khai là chính máy này: cài đặt để phát triển, quy tắc nới hơn",
                    en: "the public address is this machine: an installation for development, with looser rules"
                ),
                advice: Phrase(
                    vi: "đặt KHOP_PUBLIC_URL=https://… và một proxy có TLS",
                    en: "set KHOP_PUBLIC_URL=https://… and a proxy with TLS"
                )
            )
        }
        return url.isSecure
            ? .ok("public_url", Phrase(vi: "địa chỉ công khai có TLS", en: "the public address has TLS"))
            : .wrong(
                "public_url",
                Phrase(vi: "địa chỉ công khai không có TLS", en: "the public address is without TLS"),
                advice: Phrase(vi: "đặt KHOP_PUBLIC_URL=https://…", en: "set KHOP_PUBLIC_URL=https://…")
            )
    }

    private func transportFinding() -> Finding {
        guard let url = settings.databaseURL, let transport = DatabaseOptions(url: url).transport else {
            return .ok("sslmode", Phrase(vi: "cơ sở dữ liệu ở máy này", en: "the database is on this machine"))
        }
        guard !transport.isSafe else {
            return .ok(
                "sslmode",
                transport.isLocal
                    ? Phrase(vi: "cơ sở dữ liệu ở máy này", en: "the database is on this machine")
                    : Phrase(
                        vi: "chứng thư của cơ sở dữ liệu được kiểm tra",
                        en: "the certificate of the database is checked"
                    )
            )
        }
        return .wrong(
            "sslmode",
            Phrase(
                vi: "cơ sở dữ liệu ở máy khác, chứng thư không được kiểm tra (sslmode=\(transport.mode))",
                en: "the database is on another machine and its certificate is not checked (sslmode=\(transport.mode))"
            ),
            advice: Phrase(vi: "thêm sslmode=verify-full&sslrootcert=…", en: "add sslmode=verify-full&sslrootcert=…")
        )
    }

    private func witnessFinding() -> Finding {
        guard settings.sealWitnessURL == nil else {
            return .ok(
                "witness",
                Phrase(vi: "có nhân chứng ở nơi khác", en: "a witness elsewhere is told of the seals")
            )
        }
        return .weak(
            "witness",
            Phrase(
                vi: "không nơi nào khác được báo niêm phong; ai chiếm được máy này có thể viết lại tất cả",
                en: "nobody else is told of the seals; whoever owns this machine could rewrite all of it"
            ),
            advice: Phrase(
                vi: "đặt KHOP_SEAL_WITNESS_URL, hoặc chép KHOP_SEAL_FOLDER sang cơ quan khác mỗi đêm",
                en: "set KHOP_SEAL_WITNESS_URL, or copy KHOP_SEAL_FOLDER to another agency every night"
            )
        )
    }
}
