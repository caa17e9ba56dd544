#pragma once

#include "core/control/linesplitter.h"

#include <QObject>
#include <QStringList>

class QLocalSocket;

namespace Fairlead::Control {

/// One that talks to the engine: lines in, lines out, both bounded. Ends itself when the other side does.
class Visitor final : public QObject
{
    Q_OBJECT

public:
    /// Longest request; a profile's name and the names of a thousand forwards fit.
    static constexpr qsizetype MaxRequestLine = 64 * 1024;
    /// Who leaves more unread is cut. The state of ten thousand forwards is 6 MB.
    static constexpr qint64 MaxUnsent = 8 * 1024 * 1024;

    /// Takes the socket over.
    Visitor(QLocalSocket *socket, QObject *parent);

    void send(const QByteArray &line);
    /// Nothing more is read; what was sent still goes out.
    void close();
    void subscribe(const QStringList &topics) { m_topics = topics; }
    [[nodiscard]] bool wants(const QString &topic) const { return m_topics.contains(topic); }

signals:
    void lineArrived(const QByteArray &line);
    /// The last one: its line was too long.
    void lineTooLong();
    void ended();

private:
    void read();

    QLocalSocket *m_socket;
    LineSplitter m_lines{MaxRequestLine};
    QStringList m_topics;
    bool m_closing = false;
};

} // namespace Fairlead::Control
