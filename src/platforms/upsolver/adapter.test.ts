import { describeConformance } from "../../../test/conformance/describe-conformance";

describeConformance("upsolver");
