#include "core/net/upgradehandshake.h"

#include <QCoreApplication>

namespace Fairlead::Net {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Net::UpgradeHandshake)
};
} // namespace

UpgradeHandshake::UpgradeHandshake(QString host)
    : m_host(std::move(host))
{
}

UpgradeHandshake::Step UpgradeHandshake::feed(QByteArrayView bytes)
{
    if (m_body)
        return readBody(bytes);
    auto step = m_parser.feed(bytes);
    if (const auto *head = std::get_if<Http::ResponseHead>(&step))
        return judge(*head);
    if (const auto *error = std::get_if<Http::HeadError>(&step))
        return Broken{Text::tr("%1 does not speak HTTP like an API server.").arg(m_host), Http::describe(*error),
                      false};
    return NeedMore{};
}

UpgradeHandshake::Step UpgradeHandshake::finish()
{
    if (!m_body)
        return Broken{Text::tr("%1 closed the connection without an answer.").arg(m_host), QStringLiteral("EOF"), true};
    m_body->finish();
    return PortForward::describeRefusal(m_head, m_body->body(), m_host);
}

UpgradeHandshake::Step UpgradeHandshake::judge(const Http::ResponseHead &head)
{
    if (head.status >= 100 && head.status < 200 && head.status != 101) {
        // An interim answer (RFC 9110 section 15.2): the real one follows.
        const QByteArray rest = m_parser.takeRest();
        m_parser = {};
        return feed(rest);
    }
    if (head.status != 101) {
        m_head = head;
        m_body.emplace(head);
        return readBody(m_parser.takeRest());
    }
    if (const QString wrong = PortForward::checkSwitchingProtocols(head); !wrong.isEmpty())
        return Broken{wrong, wrong, false};
    return Accepted{m_parser.takeRest()};
}

UpgradeHandshake::Step UpgradeHandshake::readBody(QByteArrayView bytes)
{
    m_body->feed(bytes);
    if (m_body->isComplete())
        return PortForward::describeRefusal(m_head, m_body->body(), m_host);
    return NeedMore{};
}

} // namespace Fairlead::Net
