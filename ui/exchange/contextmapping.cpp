#include "ui/exchange/contextmapping.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

ContextMapping::ContextMapping(const QList<Store::SavedForward> &forwards, const Store::Surroundings &here,
                               QWidget *parent)
    : QWidget(parent)
    , m_here(here.contexts)
{
    for (const Store::SavedForward &forward : forwards) {
        const bool isLost = !Store::matchContext(forward, m_here).isFound();
        if (isLost && !m_lost.contains(forward.spec.context))
            m_lost << forward.spec.context;
    }
    m_choice.fill(-1, m_lost.size());
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setColumnStretch(1, 1);
    for (int line = 0; line < m_lost.size(); ++line)
        addLine(*grid, line);
    setVisible(!isEmpty());
}

void ContextMapping::addLine(QGridLayout &grid, int line)
{
    const QString there = m_lost.at(line);
    //: %1 is the name of a context.
    auto *label = new QLabel(tr("Context “%1” is not here; take:").arg(there), this);
    label->setTextFormat(Qt::PlainText);
    auto *choice = new QComboBox(this);
    choice->setObjectName(u"mapping%1"_s.arg(line));
    choice->setAccessibleName(label->text());
    choice->addItem(tr("none: they cannot run before there is one"));
    for (const Store::KnownContext &context : m_here)
        choice->addItem(Kube::contextLabel(Kube::ContextRef(context.name, context.kubeconfig)));
    label->setBuddy(choice);
    connect(choice, &QComboBox::currentIndexChanged, this, [this, line, there, choice](int index) {
        m_choice[line] = index - 1;
        emit chosen(there, index > 0 ? choice->currentText() : QString());
    });
    grid.addWidget(label, line, 0);
    grid.addWidget(choice, line, 1);
}

Store::SavedForward ContextMapping::mapped(Store::SavedForward forward) const
{
    const qsizetype line = m_lost.indexOf(forward.spec.context);
    if (line < 0 || m_choice.at(line) < 0)
        return forward;
    const Store::KnownContext &context = m_here.at(m_choice.at(line));
    forward.spec.context = context.name;
    forward.spec.kubeconfig = context.kubeconfig;
    forward.server = context.server;
    return forward;
}

} // namespace Fairlead::Ui
