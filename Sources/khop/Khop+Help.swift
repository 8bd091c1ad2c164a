import Values

extension Khop {
    /// The part of `khop --help` that applies to all commands.
    static let help = Phrase(
        vi: """
            Cơ sở dữ liệu là KHOP_DATABASE_URL; không nêu thì khop chạy PostgreSQL riêng trong .khop/.
            Mọi lệnh có in đều nhận --json: một tài liệu JSON ra đầu ra chuẩn, mọi điều cho người đọc ra đầu ra lỗi.
            Mã thoát: 0 xong, 1 phát hiện sai, 2 dùng sai hoặc dữ liệu vào sai.
            Số tiền viết 10000 hoặc 10.000; ngày viết 25/11/2026 hoặc 2026-11-25.

            Cấu hình lấy từ biến môi trường, sau đó từ tệp KHOP_CONFIG_FILE (mỗi dòng TÊN=giá trị):
              KHOP_DATABASE_URL      cơ sở dữ liệu ở đâu, với các tùy chọn của libpq
                                     như sslmode=verify-full; vai trò khop_app
              KHOP_OWNER_DATABASE_URL
                                     như trên với vai trò sở hữu các bảng, chỉ cho
                                     `khop migrate`
              KHOP_READ_DATABASE_URL bản sao (standby) để đọc báo cáo, nhiều máy được,
                                     như …@n2,n3/khop?target_session_attrs=standby
              KHOP_READ_MOST_LAG_SECONDS
                                     bản sao chậm hơn chừng ấy giây thì báo cáo đọc ở
                                     máy chính (10)
              KHOP_MODE              live hoặc test: môi trường thử nghiệm có cơ sở dữ liệu,
                                     khóa, cổng (8180) và thư mục (.khop-test) riêng;
                                     ghi một lần vào cơ sở dữ liệu khi `khop migrate`
              KHOP_HOME              thư mục tệp riêng của khop (mặc định .khop)
              KHOP_HOST, KHOP_PORT   máy chủ lắng nghe ở đâu (127.0.0.1, 8080)
              KHOP_PUBLIC_URL        phần đầu của liên kết thanh toán (http://HOST:PORT)
                                     phải là https, trừ trên chính máy này
              KHOP_TRUSTED_PROXIES   các proxy được tin về địa chỉ người gửi: địa chỉ,
                                     mạng, cách nhau bằng dấu phẩy
              KHOP_METRICS_HOST, KHOP_METRICS_PORT
                                     /metrics ở đâu (127.0.0.1, KHOP_PORT + 1000)
              KHOP_EVENT_NETWORKS    mạng nội bộ mà sự kiện được gửi tới
              KHOP_EVENT_LOOPBACK    true, false: sự kiện được gửi tới chính máy này
                                     (chỉ khi phát triển)
              KHOP_SECRET_KEY        khóa niêm phong khóa bí mật của ngân hàng: 32 byte
                                     theo base64; hoặc KHOP_SECRET_KEY_FILE
              KHOP_SESSION_FILE      `khop login` lưu phiên ở đâu
                                     (~/.local/state/khop/session)
              KHOP_OIDC_ISSUER, KHOP_OIDC_CLIENT_ID
                                     máy chủ tài khoản (OpenID Connect) mà mọi người
                                     đăng nhập bằng, và mã của Khớp ở đó
              KHOP_OIDC_CLIENT_SECRET, KHOP_OIDC_CLIENT_SECRET_FILE
                                     mật khẩu của Khớp ở đó, hoặc tệp chứa nó
              KHOP_OIDC_ACR          giá trị acr nghĩa là đã dùng yếu tố xác thực thứ
                                     hai, cách nhau bằng dấu phẩy
              KHOP_NIGHT             giờ ban đêm mà đăng nhập thì báo động
                                     (22:00-06:00), hoặc none
              KHOP_RECEIPT_KEY, KHOP_RECEIPT_CERTIFICATE
                                     tệp PEM: khóa RSA và chứng thư ký biên lai
              KHOP_SEAL_KEY_FILE     tệp khóa ký niêm phong lịch sử: 32 byte theo base64
                                     (.khop/seal.key); khóa cũ: KHOP_SEAL_FORMER_KEYS
              KHOP_SEAL_FOLDER       thư mục ghi niêm phong ra ngoài cơ sở dữ liệu
                                     (.khop/seals)
              KHOP_SEAL_WITNESS_URL  địa chỉ https của cơ quan khác, được báo mỗi niêm
                                     phong
              KHOP_RETENTION_RAW_DAYS, KHOP_RETENTION_ANSWER_DAYS,
              KHOP_RETENTION_SESSION_DAYS, KHOP_RETENTION_CONTACT_DAYS,
              KHOP_RETENTION_BOOK_YEARS
                                     lưu callback nguyên gốc (400), câu trả lời theo
                                     Idempotency-Key (400), phiên đã kết thúc (400), địa
                                     chỉ để báo tin (90) bao nhiêu ngày; tên trong sổ
                                     bao nhiêu năm (10)
              KHOP_DATABASE_UNVERIFIED
                                     true: cơ sở dữ liệu ở máy khác mà không kiểm tra
                                     chứng thư
              KHOP_CATALOGUE_PROPOSALS_ONLY
                                     true: danh mục đang có hiệu lực chỉ đổi khi hai
                                     người đồng ý, kể cả trên dòng lệnh (false)
              KHOP_BACKUP_MARKER     tệp mà việc sao lưu ghi lại khi xong, cho
                                     `khop doctor`
              KHOP_GRACE_SECONDS     yêu cầu hết hạn còn được nộp theo giá cũ bao lâu
                                     (86400)
              KHOP_RECONCILE_AT      lúc dịch vụ đối soát mọi tài khoản đến hết hôm
                                     trước (06:30)
              KHOP_RECONCILE_AFTER_MINUTES
                                     sau khi nhập sao kê bao nhiêu phút thì tự đối soát;
                                     0 là không (10)
              KHOP_STATEMENT_MAPPINGS
                                     thư mục các tệp JSON, mỗi tệp là mẫu sao kê của
                                     một ngân hàng
              KHOP_PROVINCE_NAME, KHOP_PROVINCE_NAME_EN, KHOP_PROVINCE_MARK_FILE
                                     tên tỉnh hoặc cổng (tiếng Việt, tiếng Anh) và ảnh
                                     (SVG, PNG) trên trang thanh toán
              KHOP_HELP_PHONE        số điện thoại mà người nộp gọi khi cần hỏi
              KHOP_MAIL_SERVER, KHOP_MAIL_FROM
                                     máy chủ thư (smtp://HOST:587 có STARTTLS, hoặc
                                     smtps://HOST:465) và địa chỉ gửi, để báo người nộp
              KHOP_MAIL_USERNAME, KHOP_MAIL_PASSWORD_FILE
                                     tên đăng nhập và tệp mật khẩu ở máy chủ thư
              KHOP_MAIL_AUTHORITIES  tệp PEM các chứng thư gốc được tin thay cho của hệ
                                     thống
              KHOP_SMS_ADAPTER, KHOP_ZALO_ADAPTER
                                     tệp JSON khai báo cổng SMS, Zalo: docs/messages.md
              KHOP_QUIET_HOURS       giờ không làm phiền người nộp (21:00-07:00), hoặc
                                     none
              KHOP_BANK_APP_LINKS    liên kết mở ứng dụng ngân hàng qua dl.vietqr.io: off,
                                     open (chỉ mở), fill (điền sẵn) (off)
              KHOP_FRAME_ORIGINS     các trang được nhúng trang thanh toán, như
                                     https://dichvucong.example.vn
              KHOP_MAXIMUM_OPEN_PAGES, KHOP_MAXIMUM_OPEN_PAGES_PER_ADDRESS
                                     nhiều nhất bao nhiêu trang thanh toán cùng chờ tin
                                     (5000), và từ một địa chỉ mạng (1000)
              KHOP_LIMIT_ATTEMPTS_PER_MINUTE, KHOP_LIMIT_PAGES_PER_MINUTE
                                     mỗi phút một địa chỉ mạng được gửi bao nhiêu yêu
                                     cầu không xác thực được (600) và xem bao nhiêu
                                     trang thanh toán (12000); 0 là không giới hạn
              KHOP_LIMIT_PERSON_PER_MINUTE, KHOP_LIMIT_PROGRAM_PER_MINUTE
                                     mỗi phút một người (6000) hoặc một khóa portal,
                                     feed (600000) được gọi bao nhiêu lần
              KHOP_MAXIMUM_OPEN_REQUESTS, KHOP_MAXIMUM_STATEMENTS_PER_DAY
                                     một khóa có nhiều nhất bao nhiêu yêu cầu chưa nộp
                                     (1000000) và nhập bao nhiêu sao kê một ngày (2000)
              KHOP_POOL_SIZE         số kết nối cơ sở dữ liệu (8)
              KHOP_LANG              vi hoặc en: ngôn ngữ của thông báo (nếu không đặt:
                                     LC_ALL, LC_MESSAGES, LANG)
              KHOP_LOG_LEVEL         trace, debug, info, notice, warning, error,
                                     critical (info)
              KHOP_LOG_FORMAT        text hoặc json: mỗi thông báo một dòng JSON (text)
              KHOP_OTLP_URL          gửi vết (trace) tới bộ thu OpenTelemetry này, như http://127.0.0.1:4318 (không gửi)
              KHOP_SLOW_STATEMENT_MS  câu lệnh cơ sở dữ liệu lâu từ bao nhiêu mili giây thì ghi vào log; 0 là không (1000)
            """,
        en: """
            The database is KHOP_DATABASE_URL; without it khop runs its own PostgreSQL under .khop/.
            Every command that prints accepts --json: one JSON document on standard output, messages on standard error.
            Exit codes: 0 done, 1 found something wrong, 2 bad usage or input.
            Amounts are written 10000 or 10.000, days 25/11/2026 or 2026-11-25.

            Configuration from the environment, then from the file KHOP_CONFIG_FILE (lines of NAME=value):
              KHOP_DATABASE_URL      the database, with libpq's options such as
                                     sslmode=verify-full; as the role khop_app
              KHOP_OWNER_DATABASE_URL
                                     the same as the role that owns the tables, for
                                     `khop migrate` alone
              KHOP_READ_DATABASE_URL a standby that reports are read from, or several,
                                     as in …@n2,n3/khop?target_session_attrs=standby
              KHOP_READ_MOST_LAG_SECONDS
                                     from a standby that is further behind no report is
                                     read, but from the primary (10)
              KHOP_MODE              live or test: a test installation has a database,
                                     keys, a port (8180) and a folder (.khop-test) of its
                                     own; `khop migrate` writes it to the database, once
              KHOP_HOME              the folder of khop's own files (default .khop)
              KHOP_HOST, KHOP_PORT   where the server listens (127.0.0.1, 8080)
              KHOP_PUBLIC_URL        the beginning of pay links (http://HOST:PORT)
                                     https unless it is this machine
              KHOP_TRUSTED_PROXIES   proxies whose word for a client's address counts:
                                     addresses and networks, with commas
              KHOP_METRICS_HOST, KHOP_METRICS_PORT
                                     where /metrics is (127.0.0.1, KHOP_PORT + 1000)
              KHOP_EVENT_NETWORKS    private networks that events may be sent to
              KHOP_EVENT_LOOPBACK    true or false: whether events may be sent to this
                                     machine (for development alone)
              KHOP_SECRET_KEY        the key that seals the banks' secrets: 32 bytes in
                                     base64; or KHOP_SECRET_KEY_FILE
              KHOP_SESSION_FILE      where `khop login` keeps the session
                                     (~/.local/state/khop/session)
              KHOP_OIDC_ISSUER, KHOP_OIDC_CLIENT_ID
                                     the OpenID Connect provider that persons log in
                                     by, and what it knows Khớp by
              KHOP_OIDC_CLIENT_SECRET, KHOP_OIDC_CLIENT_SECRET_FILE
                                     Khớp's secret there, or a file that holds it
              KHOP_OIDC_ACR          values of acr that mean a second factor, with
                                     commas
              KHOP_NIGHT             hours in which a login is an alarm
                                     (22:00-06:00), or none
              KHOP_RECEIPT_KEY, KHOP_RECEIPT_CERTIFICATE
                                     PEM files: the RSA key and the certificate that
                                     sign receipts
              KHOP_SEAL_KEY_FILE     the key that signs seals of the history: 32 bytes in
                                     base64 (.khop/seal.key); earlier public keys:
                                     KHOP_SEAL_FORMER_KEYS
              KHOP_SEAL_FOLDER       where seals are written outside of the database
                                     (.khop/seals)
              KHOP_SEAL_WITNESS_URL  an https address of another agency, which is told
                                     of each seal
              KHOP_RETENTION_RAW_DAYS, KHOP_RETENTION_ANSWER_DAYS,
              KHOP_RETENTION_SESSION_DAYS, KHOP_RETENTION_CONTACT_DAYS,
              KHOP_RETENTION_BOOK_YEARS
                                     days that callbacks as received (400), answers by
                                     Idempotency-Key (400), ended sessions (400) and
                                     addresses of payers for news (90) are kept; years
                                     that names stay in the books (10)
              KHOP_DATABASE_UNVERIFIED
                                     true: a database on another machine without its
                                     certificate being checked
              KHOP_CATALOGUE_PROPOSALS_ONLY
                                     true: a catalogue in force is changed by two
                                     persons alone, on the command line too (false)
              KHOP_BACKUP_MARKER     a file that the backup touches when it is done,
                                     for `khop doctor`
              KHOP_GRACE_SECONDS     how long an expired request may still be paid at
                                     its price (86400)
              KHOP_RECONCILE_AT      when the service reconciles every account through
                                     the day before (06:30)
              KHOP_RECONCILE_AFTER_MINUTES
                                     minutes after an import until the service
                                     reconciles the account; 0 for never (10)
              KHOP_STATEMENT_MAPPINGS
                                     a folder of JSON files, each with the layout of a
                                     bank's statements
              KHOP_PROVINCE_NAME, KHOP_PROVINCE_NAME_EN, KHOP_PROVINCE_MARK_FILE
                                     the name of the province or portal, and its picture
                                     (SVG, PNG), on the payment page
              KHOP_HELP_PHONE        the telephone number that payers call
              KHOP_MAIL_SERVER, KHOP_MAIL_FROM
                                     the mail server (smtp://HOST:587 with STARTTLS, or
                                     smtps://HOST:465) and the address that payers are
                                     told from
              KHOP_MAIL_USERNAME, KHOP_MAIL_PASSWORD_FILE
                                     who logs in there, and the file of the password
              KHOP_MAIL_AUTHORITIES  a PEM file of certificates that are trusted there
                                     instead of the system's
              KHOP_SMS_ADAPTER, KHOP_ZALO_ADAPTER
                                     JSON files that declare gateways of SMS and Zalo:
                                     docs/messages.md
              KHOP_QUIET_HOURS       hours in which payers are not disturbed
                                     (21:00-07:00), or none
              KHOP_BANK_APP_LINKS    links that open the apps of banks by dl.vietqr.io:
                                     off, open (the app alone), fill (the transfer) (off)
              KHOP_FRAME_ORIGINS     whose pages may hold the payment page, such as
                                     https://dichvucong.example.vn
              KHOP_MAXIMUM_OPEN_PAGES, KHOP_MAXIMUM_OPEN_PAGES_PER_ADDRESS
                                     how many payment pages may wait for news at once
                                     (5000), and from one network address (1000)
              KHOP_LIMIT_ATTEMPTS_PER_MINUTE, KHOP_LIMIT_PAGES_PER_MINUTE
                                     requests that prove nothing (600) and payment
                                     pages (12000) a minute and network address; 0 for
                                     no limit
              KHOP_LIMIT_PERSON_PER_MINUTE, KHOP_LIMIT_PROGRAM_PER_MINUTE
                                     calls a minute of a person (6000) and of a key of
                                     the roles portal and feed (600000)
              KHOP_MAXIMUM_OPEN_REQUESTS, KHOP_MAXIMUM_STATEMENTS_PER_DAY
                                     requests that a key may have open (1000000) and
                                     statements that it may import a day (2000)
              KHOP_POOL_SIZE         database connections (8)
              KHOP_LANG              vi or en: the language of messages (if not set:
                                     LC_ALL, LC_MESSAGES, LANG)
              KHOP_LOG_LEVEL         trace, debug, info, notice, warning, error,
                                     critical (info)
              KHOP_LOG_FORMAT        text or json: each message as a line of JSON (text)
              KHOP_OTLP_URL          send traces to this OpenTelemetry collector, such as http://127.0.0.1:4318 (none)
              KHOP_SLOW_STATEMENT_MS  statements of the database that take so many milliseconds are logged; 0 for none (1000)
            """
    )
}
