#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QHash>
#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace Fairlead::Ui {

/// Everything that is known about one forward, as words that can be selected and copied.
class FactsPage final : public QScrollArea
{
    Q_OBJECT

public:
    explicit FactsPage(QWidget *parent = nullptr);

    /// Changes only the words that differ: a selection in the others survives.
    void show(const Forward::ForwardSnapshot &forward);

signals:
    void copyRequested();

private:
    enum class Fact {
        State,
        Reason,
        Detail,
        Advice,
        Since,
        NextTry,
        Name,
        Notes,
        Tags,
        Url,
        Target,
        Pods,
        Place,
        Ports,
        Traffic,
        Connections,
        Reconnects,
        RoundTrip,
        Transport,
        LastActivity,
        Command
    };

    using QScrollArea::show;
    void addFacts();
    void addFact(Fact fact, const QString &label);
    void set(Fact fact, const QString &text);

    QGridLayout *m_form;
    QHash<Fact, QLabel *> m_titles;
    QHash<Fact, QLabel *> m_values;
};

} // namespace Fairlead::Ui
