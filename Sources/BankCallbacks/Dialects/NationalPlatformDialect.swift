import Cryptography
import Values

extension Dialect {
    /// CONFIRM of the national payment platform, version 1.0.6: ten values joined with `|`, the partner's secret last, plain
    /// SHA-256. What it says of the receipt is not covered and decides nothing. The answer echoes `MaXacThuc`.
    static let nationalPlatform = Dialect(
        carrier: .json,
        scheme: SignatureScheme(
            place: .field("MaXacThuc"),
            part: .values(
                [
                    "LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang",
                    "ThoiGianGD", "ThongTinGiaoDich",
                ].map { .field($0) },
                separator: "|",
                empty: .kept
            ),
            proof: .gluedHash(.sha256, .last("|"))
        ),
        meaning: Meaning(
            transactionID: ["MaGiaoDich", "MaThamChieu"],
            amount: .dong("SoTien"),
            success: ("MaLoi", ["00"]),
            reference: "MaThamChieu",
            memo: "ThongTinGiaoDich",
            occurredAt: ("ThoiGianGD", .compact),
            merchant: "MaDoiTac",
            currency: "MaTienTe"
        ),
        answer: { result, context in
            func field(_ name: String) -> JSON { .string(context.fields?[name] ?? "") }
            return .json([
                "MaLoi": .string(result.isTaken ? "00" : "99"),
                "MoTaLoi": .string(result.isTaken ? "Thành công" : "Các lỗi khác"),
                "MaDoiTac": field("MaDoiTac"), "MaThamChieu": field("MaThamChieu"),
                "ThoiGianGD": field("ThoiGianGD"), "MaXacThuc": field("MaXacThuc"),
            ])
        }
    )
}
