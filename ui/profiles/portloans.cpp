#include "ui/profiles/portloans.h"

#include "ui/forwards/describe.h"

namespace Fairlead::Ui {

using Forward::ForwardId;

PortLoans::PortLoans(ForwardService &service, QObject *parent)
    : QObject(parent)
    , m_service(service)
{
    connect(&service, &ForwardService::changed, this, [this](const QList<ForwardId> &ids) {
        for (const ForwardId id : ids)
            look(id);
    });
    connect(&service, &ForwardService::removed, this, [this](ForwardId id) { m_loans.remove(id); });
}

void PortLoans::note(ForwardId id, const Ports &own)
{
    m_loans.insert(id, {own, false});
}

Forward::ForwardSpec PortLoans::ownSpec(ForwardId id) const
{
    Forward::ForwardSpec spec = m_service.snapshot(id).spec;
    if (const auto loan = m_loans.constFind(id); loan != m_loans.cend())
        spec.ports = loan->own;
    return spec;
}

void PortLoans::look(ForwardId id)
{
    const auto loan = m_loans.find(id);
    if (loan == m_loans.end())
        return;
    const Forward::State state = m_service.snapshot(id).state;
    if (Forward::isActive(state)) {
        loan->ran = true;
    } else if (loan->ran && state == Forward::State::Stopped) { // one that failed would lose its reason by the change
        const Forward::ForwardSpec own = ownSpec(id);
        m_loans.erase(loan);
        m_service.update(id, own);
    }
}

} // namespace Fairlead::Ui
