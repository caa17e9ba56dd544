#pragma once

#include "core/doctor/step.h"

#include <memory>
#include <vector>

/// The steps of a check, by what they look at. Each asks for the patient as the steps before it left it.
namespace Fairlead::Doctor {

using StepList = std::vector<std::unique_ptr<Step>>;

/// All of them, in order.
[[nodiscard]] StepList makeSteps(Patient &patient);

/// Files and context: what would be used.
void addConfigSteps(StepList &steps, Patient &patient);
/// Name, connection or proxy, TLS.
void addNetworkSteps(StepList &steps, Patient &patient);
/// Version and clock, who one is, what one may do.
void addServerSteps(StepList &steps, Patient &patient);
/// Target, upgrade, port.
void addForwardSteps(StepList &steps, Patient &patient);

} // namespace Fairlead::Doctor
